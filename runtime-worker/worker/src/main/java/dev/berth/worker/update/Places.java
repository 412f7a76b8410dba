package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Finds the fields of one document that a path of an update means.
///
/// @param matching where the query of the update found something; for `$`
record Places(
    BsonDocument document, ArrayFilters filters, @Nullable Matching matching, Effort effort) {

  /// Making a list of a place is dearer than looking at it.
  private static final int STEPS_PER_PLACE = 10;

  List<List<String>> of(FieldPath path) {
    if (!path.isDynamic()) {
      return List.of(path.parts());
    }
    List<List<String>> found = new ArrayList<>();
    collect(path, document, new ArrayList<>(), found);
    return found;
  }

  private void collect(
      FieldPath path, @Nullable BsonValue value, List<String> walked, List<List<String>> found) {
    effort.spend(1);
    if (walked.size() == path.parts().size()) {
      effort.spend(STEPS_PER_PLACE);
      found.add(List.copyOf(walked));
      return;
    }
    String part = path.parts().get(walked.size());
    if (part.equals(FieldPath.MATCHED)) {
      step(path, value, walked, found, Integer.toString(position(walked)));
    } else if (FieldPath.isPositional(part)) {
      each(path, array(value, walked), walked, found);
    } else {
      step(path, value, walked, found, part);
    }
  }

  private void each(
      FieldPath path, BsonArray array, List<String> walked, List<List<String>> found) {
    String filter = FieldPath.filterOf(path.parts().get(walked.size()));
    for (int i = 0; i < array.size(); i++) {
      if (filter.isEmpty() || filters.includes(filter, array.get(i), effort)) {
        step(path, array, walked, found, Integer.toString(i));
      }
    }
  }

  private void step(
      FieldPath path,
      @Nullable BsonValue value,
      List<String> walked,
      List<List<String>> found,
      String name) {
    walked.addLast(name);
    collect(path, inside(value, name), walked, found);
    walked.removeLast();
  }

  private int position(List<String> array) {
    Integer position = matching == null ? null : matching.position(array);
    if (position == null) {
      throw UpdateRefused.badValue(
          "The positional operator did not find the match needed from the query.");
    }
    return position;
  }

  private static BsonArray array(@Nullable BsonValue value, List<String> walked) {
    String path = String.join(".", walked);
    if (value == null) {
      throw UpdateRefused.badValue(
          "The path '" + path + "' must exist in the document in order to apply array updates.");
    }
    if (!(value instanceof BsonArray array)) {
      throw UpdateRefused.badValue(
          "Cannot apply array updates to non-array element '"
              + path
              + "' of type "
              + FieldChange.typeName(value));
    }
    return array;
  }

  static @Nullable BsonValue inside(@Nullable BsonValue value, String name) {
    return switch (value) {
      case BsonDocument fields -> fields.get(name);
      case BsonArray array -> {
        Integer index = FieldPath.index(name);
        yield index != null && index < array.size() ? array.get(index) : null;
      }
      case null, default -> null;
    };
  }
}
