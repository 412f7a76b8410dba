package dev.berth.worker.update;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Changes one document in place, field by field.
///
/// @param document a copy that nobody else sees
record Edit(BsonDocument document, long nowMillis, Effort effort) {

  private static final int MAX_FILLED = 1_500_000;

  void apply(List<String> path, FieldChange change) {
    BsonValue container = container(path, change.creates());
    if (container == null) {
      return;
    }
    String name = path.getLast();
    if (container.isArray() && FieldPath.index(name) == null) {
      if (change.creates()) {
        throw notViable(path, path.size() - 1, container);
      }
      return;
    }
    BsonValue current = Places.inside(container, name);
    BsonValue changed =
        change.of(current, new FieldChange.Place(String.join(".", path), nowMillis, effort));
    if (changed != null || current != null) {
      put(container, name, changed);
    }
  }

  /// What the last name of a path is in; `null` where there is no such thing.
  private @Nullable BsonValue container(List<String> path, boolean creates) {
    BsonValue container = document;
    for (int i = 0; i < path.size() - 1; i++) {
      String name = path.get(i);
      effort.spend(1);
      if (container.isArray() && FieldPath.index(name) == null) {
        if (creates) {
          throw notViable(path, i, container);
        }
        return null;
      }
      BsonValue inner = Places.inside(container, name);
      if (inner == null) {
        if (!creates) {
          return null;
        }
        inner = new BsonDocument();
        put(container, name, inner);
      } else if (!inner.isDocument() && !inner.isArray()) {
        if (creates) {
          throw notViable(path, i + 1, inner);
        }
        return null;
      }
      container = inner;
    }
    return container;
  }

  private static UpdateRefused notViable(List<String> path, int at, BsonValue found) {
    return new UpdateRefused(
        UpdateRefused.PATH_NOT_VIABLE,
        "Cannot create field '"
            + path.get(at)
            + "' in element '"
            + String.join(".", path.subList(0, at))
            + "' of type "
            + FieldChange.typeName(found));
  }

  private void put(BsonValue container, String name, @Nullable BsonValue value) {
    if (container instanceof BsonDocument fields) {
      if (value == null) {
        fields.remove(name);
      } else {
        fields.put(name, value);
      }
      return;
    }
    Integer index = FieldPath.index(name);
    if (index != null) {
      putElement(container.asArray(), index, value == null ? BsonNull.VALUE : value);
    }
  }

  private void putElement(BsonArray array, int index, BsonValue value) {
    if (index < array.size()) {
      array.set(index, value);
      return;
    }
    int filled = index - array.size();
    if (filled > MAX_FILLED) {
      throw UpdateRefused.badValue("can't backfill more than " + MAX_FILLED + " elements");
    }
    effort.spend(filled);
    while (array.size() < index) {
      array.add(BsonNull.VALUE);
    }
    array.add(value);
  }
}
