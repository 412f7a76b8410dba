package dev.berth.worker.mongodb;

import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Documents, rules and schemas that have enough in common to concern one another.
record RandomRules(Random random) {

  static final List<String> NAMES = List.of("owner", "n", "tags", "sub", "list", "mark");

  private boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// @param text with a `#` for each of the values
  static BsonDocument json(String text, Object... values) {
    String filled = text;
    for (Object value : values) {
      filled = filled.replaceFirst("#", String.valueOf(value));
    }
    return BsonDocument.parse(filled);
  }

  private int small() {
    return random.nextInt(4);
  }

  /// @param mark what no other document has
  BsonDocument document(int id, String mark) {
    BsonDocument document = new BsonDocument("_id", new BsonInt32(id));
    for (String name : NAMES) {
      if (!once(5)) {
        document.append(name, name.equals("mark") ? new BsonString(mark) : value(name));
      }
    }
    return document;
  }

  BsonValue value(String name) {
    return switch (name) {
      case "owner" -> new BsonString(once(2) ? "ann" : "bob");
      case "tags" -> once(6) ? new BsonInt32(small()) : new BsonArray(some());
      case "sub" -> once(8) ? new BsonString("x") : inner();
      case "list" -> once(10) ? new BsonInt32(1) : list();
      default -> once(6) ? new BsonString("x") : new BsonInt32(small());
    };
  }

  private List<BsonValue> some() {
    return List.<BsonValue>of(new BsonInt32(small()), new BsonString("x"), new BsonInt32(small()))
        .subList(0, random.nextInt(4));
  }

  private BsonDocument inner() {
    BsonDocument inner = new BsonDocument();
    if (!once(4)) {
      inner.append("x", new BsonInt32(small()));
    }
    return once(3) ? inner : inner.append("y", new BsonInt32(small()));
  }

  private BsonArray list() {
    BsonArray list = new BsonArray();
    for (int i = small(); i > 0; i--) {
      list.add(once(8) ? new BsonInt32(small()) : inner());
    }
    return list;
  }

  BsonDocument rules() {
    BsonArray roles = new BsonArray();
    for (int i = random.nextInt(3); i >= 0; i--) {
      roles.add(role());
    }
    BsonArray filters = new BsonArray();
    while (once(3)) {
      filters.add(filter());
    }
    return new BsonDocument("roles", roles).append("filters", filters);
  }

  private BsonDocument filter() {
    BsonDocument query =
        once(2)
            ? new BsonDocument()
            : one(
                List.of(
                    json("{owner: '%%user.id'}"),
                    json("{n: {$gt: #}}", small() - 2),
                    json("{tags: {$ne: #}}", small())));
    BsonDocument projection =
        once(2)
            ? new BsonDocument()
            : new BsonDocument(one(List.of("mark", "n", "sub", "_id")), new BsonInt32(0));
    return new BsonDocument("apply_when", once(3) ? aboutUser() : BsonBoolean.TRUE)
        .append("query", query)
        .append("projection", projection);
  }

  private BsonDocument aboutUser() {
    return json("{'%%user.custom_data.admin': #}", random.nextBoolean());
  }

  private BsonDocument role() {
    BsonDocument role = new BsonDocument();
    role.append("apply_when", once(3) ? BsonBoolean.TRUE : expression(2, false));
    if (once(4)) {
      role.append("document_filters", permissions(false));
    }
    if (once(4)) {
      role.append("read", expression(1, false));
    }
    if (once(2)) {
      role.append("write", expression(1, false));
    }
    for (String name : List.of("insert", "delete")) {
      if (once(4)) {
        role.append(name, expression(1, false));
      }
    }
    if (once(2)) {
      role.append("additional_fields", permissions(true));
    }
    return once(3) ? role : role.append("fields", fields());
  }

  private BsonDocument permissions(boolean ofField) {
    BsonDocument permissions = new BsonDocument();
    for (String name : List.of("read", "write")) {
      if (once(2)) {
        permissions.append(name, once(2) ? BsonBoolean.TRUE : expression(1, ofField));
      }
    }
    return permissions;
  }

  private BsonDocument fields() {
    BsonDocument fields = new BsonDocument("_id", permissions(true));
    for (String name : NAMES) {
      boolean hasParts = name.equals("sub") || name.equals("list");
      if (hasParts && once(2)) {
        BsonDocument parts =
            new BsonDocument("x", permissions(true)).append("y", permissions(true));
        fields.append(name, new BsonDocument("fields", parts));
      } else if (!once(3)) {
        fields.append(name, permissions(true));
      }
    }
    return fields;
  }

  private BsonValue expression(int depth, boolean ofField) {
    return switch (random.nextInt(depth > 0 ? 16 : 12)) {
      case 0, 1, 2 -> BsonBoolean.valueOf(!once(4));
      case 3, 4 -> json("{owner: '%%user.id'}");
      case 5 -> aboutUser();
      case 6 ->
          json(
              "{'%%#': {$exists: #}}",
              one(List.of("prevRoot", "prevRoot.n", "root.mark")), random.nextBoolean());
      case 7 -> ofField ? aboutField() : json("{'%%root.n': {$gt: #}}", small() - 2);
      case 8 -> json("{'%%#': {'%function': #}}", random.nextBoolean(), oneFunction());
      case 12 -> new BsonDocument("%not", expression(depth - 1, ofField));
      case 13 -> new BsonDocument("%and", two(depth, ofField));
      case 14 -> new BsonDocument("%or", two(depth, ofField));
      case 15 -> new BsonDocument("%nor", two(depth, ofField));
      default -> aboutDocument();
    };
  }

  private String oneFunction() {
    return one(
        List.of(
            "{name: 'isEven', arguments: ['%%root.n']}",
            "{name: 'owns', arguments: ['%%root', '%%user.id']}"));
  }

  private BsonArray two(int depth, boolean ofField) {
    return new BsonArray(List.of(expression(depth - 1, ofField), expression(depth - 1, ofField)));
  }

  private BsonDocument aboutField() {
    return one(
        List.of(
            json("{'%%this': {$ne: #}}", small()),
            json("{'%%prev': {$exists: #}}", random.nextBoolean())));
  }

  /// Also what a query may ask for.
  BsonDocument aboutDocument() {
    return switch (random.nextInt(9)) {
      case 0 -> json("{owner: '#'}", once(2) ? "ann" : "bob");
      case 1 -> json("{n: {$gt: #}}", small() - 1);
      case 2 -> json("{n: {$lt: #}}", small());
      case 3 -> json("{n: {$exists: #}}", random.nextBoolean());
      case 4 -> json("{tags: #}", small());
      case 5 -> json("{'sub.x': #}", small());
      case 6 -> json("{'list.x': {$in: [#, #]}}", small(), small());
      case 7 -> json("{tags: {$ne: #}}", small());
      default -> json("{n: #}", small());
    };
  }

  @Nullable BsonDocument schema() {
    return switch (random.nextInt(8)) {
      case 0 -> json("{required: ['owner'], properties: {n: {bsonType: 'int', maximum: 2}}}");
      case 1 -> new BsonDocument("validate", expression(1, false));
      case 2 ->
          new BsonDocument(
              "properties",
              new BsonDocument("n", new BsonDocument("validate", expression(1, true))));
      default -> null;
    };
  }
}
