package dev.berth.appmodel.directory;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonArray;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of an app directory that somebody else than its reader knows the meaning of.
public sealed interface Located permits LocatedExpression, LocatedDocument {

  /// As it stands in its file.
  JsonNode written();

  /// An error about something inside.
  ///
  /// @param path the names and indexes that lead to it
  default Problem error(List<String> path, String message) {
    Place place = placeOf(path);
    return Problem.error(place.file(), place.pointer(), place.line(), message);
  }

  /// A warning about something inside.
  ///
  /// @param path the names and indexes that lead to it
  default Problem warning(List<String> path, String message) {
    Place place = placeOf(path);
    return Problem.warning(place.file(), place.pointer(), place.line(), message);
  }

  private Place placeOf(List<String> path) {
    Place place = written().place();
    JsonNode node = written();
    for (String step : path) {
      node = inside(node, step);
      place = node == null ? place.inside(step) : node.place();
    }
    return place;
  }

  private static @Nullable JsonNode inside(@Nullable JsonNode node, String step) {
    return switch (node) {
      case JsonObject object -> object.fields().get(step);
      case JsonArray array -> element(array.elements(), step);
      case null, default -> null;
    };
  }

  private static @Nullable JsonNode element(List<JsonNode> elements, String index) {
    boolean isIndex = index.matches("\\d{1,9}") && Integer.parseInt(index) < elements.size();
    return isIndex ? elements.get(Integer.parseInt(index)) : null;
  }
}
