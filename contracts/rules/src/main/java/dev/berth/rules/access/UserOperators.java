package dev.berth.rules.access;

import java.util.Optional;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;

/// The operators and stages of MongoDB that only system functions may use: they reach other
/// collections, or take the database as much work as their author likes, or say more of a hidden
/// field than whether it has a value.
///
/// They are looked for by name at every depth, wherever the name stands: so a stage is found in
/// a part of a pipeline that nobody thought of, at the price that a literal object with such a
/// field is refused, too.
public final class UserOperators {

  private static final Set<String> OF_QUERIES =
      Set.of(
          "$expr",
          "$jsonSchema",
          "$regex",
          "$text",
          "$where",
          "$function",
          "$accumulator",
          "$geoIntersects",
          "$geoWithin",
          "$near",
          "$nearSphere",
          "$box",
          "$center",
          "$centerSphere",
          "$geometry",
          "$maxDistance",
          "$minDistance",
          "$polygon",
          "$within",
          "$bitsAllClear",
          "$bitsAllSet",
          "$bitsAnyClear",
          "$bitsAnySet");

  private static final Set<String> OF_PIPELINES =
      Set.of(
          "$collStats",
          "$facet",
          "$geoNear",
          "$graphLookup",
          "$indexStats",
          "$lookup",
          "$merge",
          "$out",
          "$unionWith",
          "$setIsSubset",
          "$documents",
          "$search",
          "$searchMeta",
          "$vectorSearch",
          "$rankFusion",
          "$scoreFusion");

  private UserOperators() {}

  /// The first operator that only system functions may use, in a query, an update or a sort.
  public static Optional<String> refusedIn(BsonValue value) {
    return find(value, false);
  }

  /// The same in a pipeline, stages included.
  public static Optional<String> refusedInPipeline(BsonValue value) {
    return find(value, true);
  }

  private static Optional<String> find(BsonValue value, boolean isPipeline) {
    return switch (value) {
      case BsonDocument document ->
          document.entrySet().stream()
              .flatMap(
                  field ->
                      isRefused(field.getKey(), isPipeline)
                          ? Optional.of(field.getKey()).stream()
                          : find(field.getValue(), isPipeline).stream())
              .findFirst();
      case BsonArray array ->
          array.stream().flatMap(element -> find(element, isPipeline).stream()).findFirst();
      case BsonRegularExpression _ -> Optional.of("a regular expression");
      default -> Optional.empty();
    };
  }

  private static boolean isRefused(String name, boolean isPipeline) {
    return OF_QUERIES.contains(name)
        || name.startsWith("$_internal")
        || (isPipeline && OF_PIPELINES.contains(name));
  }
}
