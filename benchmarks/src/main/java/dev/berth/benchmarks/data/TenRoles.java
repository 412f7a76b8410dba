package dev.berth.benchmarks.data;

import dev.berth.appmodel.Role;
import dev.berth.appmodel.Role.FieldPermission;
import dev.berth.rules.Facts;
import dev.berth.rules.Source;
import dev.berth.rules.access.CollectionRules;
import dev.berth.rules.access.DocumentAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/// How long it takes to decide what may be seen of a document to which the last of ten roles
/// applies, field by field.
final class TenRoles {

  private static final int FIELDS = 10;

  private TenRoles() {}

  /// The time for one document, in nanoseconds. Blocks for twice this time.
  static double measure(Duration time) {
    var access =
        new DocumentAccess(
            CollectionRules.of(roles(), List.of()),
            Facts.of(Map.of(Source.USER, new BsonDocument("id", new BsonString("u9")))),
            _ -> CompletableFuture.failedFuture(new IllegalStateException("no function")));
    BsonDocument document = new BsonDocument("_id", new BsonInt32(1));
    document.append("owner", new BsonString("u9")).append("level", new BsonInt32(9));
    for (int i = 0; i < FIELDS; i++) {
      document.append("f" + i, new BsonString("value " + i));
    }
    var _ = rounds(access, document, time);
    return rounds(access, document, time);
  }

  private static double rounds(DocumentAccess access, BsonDocument document, Duration time) {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    long count = 0;
    long seen = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 1000; i++) {
        seen += access.visible(document).toCompletableFuture().join().orElseThrow().size();
      }
      count += 1000;
    }
    if (seen != count * FIELDS) {
      throw new IllegalStateException("the rules permitted something else");
    }
    return (System.nanoTime() - begin) / (double) count;
  }

  private static List<Role> roles() {
    List<Role> roles = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      BsonDocument applies =
          new BsonDocument("owner", new BsonString("%%user.id")).append("level", new BsonInt32(i));
      roles.add(
          new Role(
              "role " + i,
              applies,
              null,
              null,
              null,
              BsonBoolean.FALSE,
              BsonBoolean.FALSE,
              BsonBoolean.FALSE,
              fields(),
              new FieldPermission(null, null, Map.of())));
    }
    return roles;
  }

  private static Map<String, FieldPermission> fields() {
    Map<String, FieldPermission> fields = new HashMap<>();
    for (int i = 0; i < FIELDS; i++) {
      fields.put("f" + i, new FieldPermission(BsonBoolean.TRUE, null, Map.of()));
    }
    return fields;
  }
}
