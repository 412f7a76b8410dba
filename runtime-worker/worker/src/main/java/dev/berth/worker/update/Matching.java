package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One attempt to match a document: what it may cost, and in which elements of arrays something
/// was found.
final class Matching {

  private final Effort effort;
  private final BsonOrder order;
  private final Map<List<String>, Integer> found = new HashMap<>();
  private @Nullable Integer last;

  Matching(Effort effort) {
    this.effort = effort;
    this.order = new BsonOrder(effort);
  }

  BsonOrder order() {
    return order;
  }

  /// The same, of which nobody learns where something was found.
  Matching apart() {
    return new Matching(effort);
  }

  /// The element in which a condition on this array has found something, or else the last one of
  /// any array; `null` when there is none.
  @Nullable Integer position(List<String> array) {
    Integer own = found.get(array);
    return own == null ? last : own;
  }

  /// What a condition says of a value; of `null` when there is none.
  interface Test {

    boolean holds(@Nullable BsonValue value, Matching matching);
  }

  /// Whether a test holds for something that a path leads to. Arrays on the way stand for their
  /// elements, and at its end for these and for themselves.
  boolean any(BsonValue start, List<String> path, boolean intoLast, Test test) {
    return any(start, path, 0, intoLast, null, test);
  }

  /// Where the outermost array on a path is, and which element of it the path went through.
  private record Position(List<String> array, int index) {}

  private boolean any(
      @Nullable BsonValue value,
      List<String> path,
      int depth,
      boolean intoLast,
      @Nullable Position position,
      Test test) {
    effort.spend(1);
    if (depth == path.size()) {
      return anyAtEnd(value, path, intoLast, position, test);
    }
    return switch (value) {
      case BsonDocument document ->
          any(document.get(path.get(depth)), path, depth + 1, intoLast, position, test);
      case BsonArray array -> anyIn(array, path, depth, intoLast, position, test);
      case null, default -> holds(null, position, test);
    };
  }

  private boolean anyIn(
      BsonArray array,
      List<String> path,
      int depth,
      boolean intoLast,
      @Nullable Position position,
      Test test) {
    for (int i = 0; i < array.size(); i++) {
      if (array.get(i).isDocument()
          && any(array.get(i), path, depth, intoLast, within(position, path, depth, i), test)) {
        return true;
      }
    }
    Integer index = FieldPath.index(path.get(depth));
    return index != null
        && index < array.size()
        && any(array.get(index), path, depth + 1, intoLast, position, test);
  }

  private boolean anyAtEnd(
      @Nullable BsonValue value,
      List<String> path,
      boolean intoLast,
      @Nullable Position position,
      Test test) {
    if (intoLast && value instanceof BsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (holds(array.get(i), within(position, path, path.size(), i), test)) {
          return true;
        }
      }
    }
    return holds(value, position, test);
  }

  private static Position within(
      @Nullable Position outer, List<String> path, int depth, int index) {
    return outer == null ? new Position(new ArrayList<>(path.subList(0, depth)), index) : outer;
  }

  private boolean holds(@Nullable BsonValue value, @Nullable Position position, Test test) {
    effort.spend(1);
    if (!test.holds(value, this)) {
      return false;
    }
    if (position != null) {
      remember(position.array(), position.index());
    }
    return true;
  }

  /// Something was found in an element of an array.
  void remember(List<String> array, int index) {
    found.put(array, index);
    last = index;
  }
}
