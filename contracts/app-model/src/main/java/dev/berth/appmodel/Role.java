package dev.berth.appmodel;

import java.util.Map;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One role of a collection: to whom it applies and what it permits.
///
/// A permission that the file does not mention is `null`, which is not the same as `false`.
///
/// @param applyWhen an expression; an empty document applies to everyone
/// @param documentFilters the gate before everything else; `null` when there is none
/// @param fields the permissions of listed fields, by name
/// @param additionalFields the permission of fields that are not listed
public record Role(
    String name,
    BsonValue applyWhen,
    @Nullable DocumentFilters documentFilters,
    @Nullable BsonValue read,
    @Nullable BsonValue write,
    @Nullable BsonValue insert,
    @Nullable BsonValue delete,
    @Nullable BsonValue search,
    Map<String, FieldPermission> fields,
    FieldPermission additionalFields) {

  public Role {
    fields = Map.copyOf(fields);
  }

  /// Which documents the role may read and write at all.
  public record DocumentFilters(@Nullable BsonValue read, @Nullable BsonValue write) {}

  /// What may be done with one field, or with the fields inside it.
  public record FieldPermission(
      @Nullable BsonValue read, @Nullable BsonValue write, Map<String, FieldPermission> fields) {

    public FieldPermission {
      fields = Map.copyOf(fields);
    }
  }
}
