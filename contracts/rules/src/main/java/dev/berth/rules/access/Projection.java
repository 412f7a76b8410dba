package dev.berth.rules.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Which fields a caller wants to see of those that it may see: some, or all but some.
///
/// It is applied to what rules have left of a document, so it knows no operator that could take
/// a field from elsewhere.
public final class Projection {

  private static final String ID = "_id";

  /// Field by field: an inner one where only a part of a field is meant, `null` for all of it.
  private record Tree(Map<String, @Nullable Tree> fields) {

    /// @return false when a field is named and a part of it, too
    boolean add(String path) {
      int dot = path.indexOf('.');
      String name = dot < 0 ? path : path.substring(0, dot);
      if (dot < 0) {
        return !fields.containsKey(name) && putWhole(name);
      }
      if (!fields.containsKey(name)) {
        fields.put(name, new Tree(new LinkedHashMap<>()));
      }
      Tree inner = fields.get(name);
      return inner != null && inner.add(path.substring(dot + 1));
    }

    private boolean putWhole(String name) {
      fields.put(name, null);
      return true;
    }
  }

  private final Tree tree = new Tree(new LinkedHashMap<>());
  private final BsonDocument written = new BsonDocument();
  private @Nullable Boolean includes;
  private @Nullable Boolean includesId;

  private Projection() {}

  /// Why a projection cannot be applied, as a sentence for whoever wrote it.
  public static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /// Everything that all of some projections leave.
  ///
  /// @throws Refused when they contradict one another, or say more than which fields they mean
  public static Projection of(Iterable<BsonDocument> projections) {
    Projection merged = new Projection();
    projections.forEach(projection -> merged.add("", projection));
    return merged;
  }

  private void add(String prefix, BsonDocument fields) {
    fields.forEach((name, value) -> add(prefix, name, value));
  }

  private void add(String prefix, String name, BsonValue value) {
    String path = prefix + name;
    if (name.startsWith("$")
        || name.contains(".$")
        || List.of(name.split("\\.", -1)).contains("")) {
      throw new Refused("projection: \"" + path + "\" is not available to users");
    }
    switch (value) {
      case BsonBoolean flag -> add(path, flag.getValue());
      case BsonNumber number -> add(path, number.doubleValue() != 0);
      case BsonDocument inner when !inner.isEmpty() -> add(path + ".", inner);
      default ->
          throw new Refused(
              "projection: \"" + path + "\" must be 0 or 1; users may only choose fields");
    }
  }

  private void add(String path, boolean isIncluded) {
    BsonValue flag = BsonBoolean.valueOf(isIncluded);
    BsonValue earlier = written.put(path, flag);
    if (earlier != null && !earlier.equals(flag)) {
      throw mixed();
    }
    if (path.equals(ID)) {
      includesId = isIncluded;
      return;
    }
    if (includes != null && includes != isIncluded) {
      throw mixed();
    }
    includes = isIncluded;
    if (earlier == null && !tree.add(path)) {
      throw new Refused("projection: \"" + path + "\" collides with a part of it");
    }
  }

  private static Refused mixed() {
    return new Refused("projection: inclusion and exclusion of fields cannot be mixed");
  }

  /// Whether it leaves everything.
  public boolean isEverything() {
    return includes == null && includesId == null;
  }

  /// What it leaves of a document, which is not changed.
  public BsonDocument of(BsonDocument document) {
    if (isEverything()) {
      return document;
    }
    boolean onlyId = includes == null && Boolean.TRUE.equals(includesId);
    BsonDocument projected =
        onlyId || Boolean.TRUE.equals(includes)
            ? included(document, tree)
            : excluded(document, tree);
    if (Boolean.FALSE.equals(includesId)) {
      projected.remove(ID);
    } else if (document.containsKey(ID) && !projected.containsKey(ID)) {
      return withId(document, projected);
    }
    return projected;
  }

  private static BsonDocument withId(BsonDocument document, BsonDocument projected) {
    BsonDocument identified = new BsonDocument(ID, document.get(ID));
    identified.putAll(projected);
    return identified;
  }

  private static BsonDocument included(BsonDocument document, Tree tree) {
    BsonDocument left = new BsonDocument();
    document.forEach(
        (name, value) -> {
          if (tree.fields().containsKey(name)) {
            Tree inner = tree.fields().get(name);
            BsonValue part = inner == null ? value : includedInside(value, inner);
            if (part != null) {
              left.append(name, part);
            }
          }
        });
    return left;
  }

  private static @Nullable BsonValue includedInside(BsonValue value, Tree tree) {
    return switch (value) {
      case BsonDocument document -> included(document, tree);
      case BsonArray array -> {
        BsonArray left = new BsonArray();
        for (BsonValue element : array) {
          BsonValue part = includedInside(element, tree);
          if (part != null) {
            left.add(part);
          }
        }
        yield left;
      }
      default -> null;
    };
  }

  private static BsonDocument excluded(BsonDocument document, Tree tree) {
    BsonDocument left = new BsonDocument();
    document.forEach(
        (name, value) -> {
          Tree inner = tree.fields().get(name);
          if (inner != null) {
            left.append(name, excludedInside(value, inner));
          } else if (!tree.fields().containsKey(name)) {
            left.append(name, value);
          }
        });
    return left;
  }

  private static BsonValue excludedInside(BsonValue value, Tree tree) {
    return switch (value) {
      case BsonDocument document -> excluded(document, tree);
      case BsonArray array -> {
        BsonArray left = new BsonArray();
        array.forEach(element -> left.add(excludedInside(element, tree)));
        yield left;
      }
      default -> value;
    };
  }
}
