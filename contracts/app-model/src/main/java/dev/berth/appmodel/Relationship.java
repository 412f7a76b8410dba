package dev.berth.appmodel;

/// A field that points to documents of another collection.
///
/// @param sourceKey the path of the field, with `.` and `[]`
/// @param foreignKey the field it is matched with in the other collection
/// @param isList whether the field holds many references
public record Relationship(
    String sourceKey,
    String dataSource,
    String database,
    String collection,
    String foreignKey,
    boolean isList) {}
