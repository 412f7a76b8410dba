package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonArray;
import dev.berth.appmodel.json.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over an app directory: what the readers read from and what they report to.
record Reading(
    AppFiles files, Layout layout, Problems problems, Templates templates, References references) {

  /// The same pass, from now on with templates.
  Reading with(Templates resolved) {
    return new Reading(files, layout, problems, resolved, references);
  }

  /// The object in a file; `null` when there is no file, or there is a problem with it.
  @Nullable ObjectReader object(String file) {
    JsonNode node = files.json(file);
    return node == null ? null : ObjectReader.of(node, this);
  }

  /// The objects of the array in a file; none when there is no file.
  List<ObjectReader> objects(String file) {
    JsonNode node = files.json(file);
    if (node == null) {
      return List.of();
    }
    if (node instanceof JsonArray array) {
      return array.elements().stream().map(element -> ObjectReader.of(element, this)).toList();
    }
    problems.error(node.place(), "expected an array, found " + node.kind());
    return List.of();
  }

  void error(Place place, String message) {
    problems.error(place, message);
  }

  void warning(Place place, String message) {
    problems.warning(place, message);
  }
}
