package dev.berth.rules;

import dev.berth.rules.Term.Expansion;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Follows dotted paths through documents and arrays.
///
/// In an array a number is an index; another name is looked for in every element, and what is
/// found becomes an array.
final class Paths {

  private static final String HEADERS = "requestHeaders";

  private final Work work;

  Paths(Work work) {
    this.work = work;
  }

  @Nullable BsonValue find(@Nullable BsonValue start, Expansion expansion) {
    List<String> path = expansion.path();
    boolean isHeader =
        expansion.source() == Source.REQUEST && path.size() > 1 && path.getFirst().equals(HEADERS);
    if (!isHeader) {
      return find(start, path);
    }
    BsonValue headers = find(start, path.subList(0, 1));
    return find(header(headers, path.get(1)), path.subList(2, path.size()));
  }

  /// Names of headers are the same in either letter case.
  private @Nullable BsonValue header(@Nullable BsonValue headers, String name) {
    if (!(headers instanceof BsonDocument document)) {
      return null;
    }
    BsonValue exact = document.get(name);
    if (exact != null) {
      return exact;
    }
    for (Map.Entry<String, BsonValue> header : document.entrySet()) {
      work.spend(1);
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return null;
  }

  private @Nullable BsonValue find(@Nullable BsonValue value, List<String> path) {
    BsonValue found = value;
    for (String name : path) {
      if (found == null) {
        return null;
      }
      work.spend(1);
      found = inside(found, name);
    }
    return found;
  }

  private @Nullable BsonValue inside(BsonValue value, String name) {
    return switch (value) {
      case BsonDocument document -> document.get(name);
      case BsonArray array when isIndex(name) -> element(array, name);
      case BsonArray array -> {
        BsonArray all = inEach(array, name);
        yield all.isEmpty() ? null : all;
      }
      default -> null;
    };
  }

  private static boolean isIndex(String name) {
    return !name.isEmpty()
        && name.length() < 10
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable BsonValue element(BsonArray array, String index) {
    int i = Integer.parseInt(index);
    return i < array.size() ? array.get(i) : null;
  }

  private BsonArray inEach(BsonArray array, String name) {
    work.spend(array.size());
    BsonArray found = new BsonArray();
    for (BsonValue element : array) {
      BsonValue inside = element instanceof BsonDocument document ? document.get(name) : null;
      switch (inside) {
        case null -> {}
        case BsonArray inner -> {
          work.spend(inner.size());
          found.addAll(inner);
        }
        case BsonValue value -> found.add(value);
      }
    }
    return found;
  }
}
