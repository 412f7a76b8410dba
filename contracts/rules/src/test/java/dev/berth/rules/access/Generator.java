package dev.berth.rules.access;

import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Rules, users and documents that have enough in common to concern one another.
record Generator(Random random) {

  private static final List<String> NAMES = List.of("owner_id", "a", "b", "tags", "sub", "list");
  private static final List<String> PATHS =
      List.of(
          "owner_id", "a", "b", "tags", "sub.x", "sub.y", "list.x", "sub", "list", "list.sub.x");
  private static final List<String> OF_USER =
      List.of("%%user.id", "%%user.level", "%%user.tags", "%%user.none", "%%user.missing");

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  BsonDocument user() {
    BsonDocument user = new BsonDocument();
    if (!once(8)) {
      user.append("id", new BsonString(once(2) ? "ann" : "bob"));
    }
    user.append("level", scalar());
    user.append("tags", new BsonArray(List.of(scalar(), scalar(), new BsonString("x"))));
    return once(3) ? user.append("none", BsonNull.VALUE) : user;
  }

  BsonDocument document() {
    BsonDocument document = new BsonDocument();
    for (String name : NAMES) {
      if (!once(4)) {
        document.append(name, value(name));
      }
    }
    return document;
  }

  BsonDocument changed(BsonDocument stored) {
    BsonDocument changed = new BsonDocument();
    stored.forEach(
        (name, value) -> {
          if (!once(6)) {
            changed.append(name, once(3) ? value(name) : value);
          }
        });
    return once(4) ? changed.append("b", scalar()) : changed;
  }

  private BsonValue value(String name) {
    return switch (name) {
      case "owner_id" -> new BsonString(once(2) ? "ann" : "bob");
      case "tags" ->
          once(4)
              ? scalar()
              : new BsonArray(List.of(scalar(), scalar()).subList(0, random.nextInt(3)));
      case "sub" -> once(8) ? scalar() : sub();
      case "list" -> list();
      default -> scalar();
    };
  }

  private BsonValue list() {
    BsonArray list = new BsonArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(once(6) ? scalar() : once(4) ? new BsonDocument("sub", sub()) : sub());
    }
    return list;
  }

  private BsonDocument sub() {
    BsonDocument sub = new BsonDocument();
    if (!once(4)) {
      sub.append("x", once(6) ? new BsonArray(List.of(scalar(), scalar())) : scalar());
    }
    return once(2) ? sub : sub.append("y", scalar());
  }

  private BsonValue scalar() {
    return switch (random.nextInt(7)) {
      case 0 -> BsonNull.VALUE;
      case 1 -> new BsonString("x");
      case 2 -> new BsonString("ann");
      case 3 -> new BsonDouble(random.nextInt(3));
      case 4 -> BsonBoolean.valueOf(random.nextBoolean());
      default -> new BsonInt32(random.nextInt(3));
    };
  }

  BsonDocument rules() {
    BsonArray roles = new BsonArray();
    for (int i = random.nextInt(4); i >= 0; i--) {
      roles.add(role());
    }
    return new BsonDocument("roles", roles);
  }

  private BsonDocument role() {
    BsonDocument role = new BsonDocument();
    if (!once(5)) {
      role.append("apply_when", expression(2, false));
    }
    if (once(3)) {
      role.append("document_filters", permissions(false));
    }
    if (once(4)) {
      role.append("read", expression(1, false));
    }
    if (once(3)) {
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
    return once(3) ? role : role.append("fields", fields(2));
  }

  private BsonDocument permissions(boolean ofField) {
    BsonDocument permissions = new BsonDocument();
    for (String name : List.of("read", "write")) {
      if (once(2)) {
        permissions.append(name, expression(1, ofField));
      }
    }
    return permissions;
  }

  private BsonDocument fields(int depth) {
    BsonDocument fields = new BsonDocument();
    for (String name : depth == 2 ? NAMES : List.of("x", "y", "sub")) {
      if (once(2)) {
        boolean isInner = depth > 0 && (name.equals("sub") || name.equals("list")) && !once(3);
        BsonDocument field = isInner && !once(4) ? new BsonDocument() : permissions(true);
        fields.append(name, isInner ? field.append("fields", fields(depth - 1)) : field);
      }
    }
    return fields.isEmpty() ? fields.append("a", permissions(true)) : fields;
  }

  private BsonValue expression(int depth, boolean ofField) {
    return switch (random.nextInt(depth > 0 ? 12 : 8)) {
      case 0, 1 -> BsonBoolean.valueOf(!once(4));
      case 2 -> new BsonDocument("owner_id", new BsonString("%%user.id"));
      case 3 -> function();
      case 8 -> new BsonDocument("%not", expression(depth - 1, ofField));
      case 9 -> new BsonDocument("%and", two(depth, ofField));
      case 10 -> new BsonDocument("%or", two(depth, ofField));
      case 11 -> new BsonDocument("%nor", two(depth, ofField));
      default -> new BsonDocument(left(ofField), test());
    };
  }

  private BsonArray two(int depth, boolean ofField) {
    return new BsonArray(List.of(expression(depth - 1, ofField), expression(depth - 1, ofField)));
  }

  private BsonDocument function() {
    String call =
        one(
            List.of(
                "{'%function': {'name': 'yes'}}",
                "{'%function': {'name': 'no'}}",
                "{'%function': {'name': 'broken'}}",
                "{'%%true': {'%function': {'name': 'owns', 'arguments': ['%%root']}}}"));
    return Rules.document(call);
  }

  private String left(boolean ofField) {
    return switch (random.nextInt(ofField ? 8 : 6)) {
      case 0 -> "%%root." + one(PATHS);
      case 1 -> "%%prevRoot." + one(PATHS);
      case 2 -> one(OF_USER);
      case 6 -> "%%this";
      case 7 -> "%%prev";
      default -> one(PATHS);
    };
  }

  private BsonValue test() {
    return switch (random.nextInt(8)) {
      case 0 -> new BsonDocument("$ne", right());
      case 1 -> new BsonDocument("$gt", right());
      case 2 -> new BsonDocument("$lt", right());
      case 3 -> new BsonDocument("$in", elements());
      case 4 -> new BsonDocument("$nin", elements());
      case 5 -> new BsonDocument("$exists", BsonBoolean.valueOf(random.nextBoolean()));
      default -> right();
    };
  }

  private BsonValue right() {
    return switch (random.nextInt(4)) {
      case 0 -> new BsonString(one(OF_USER));
      case 1 -> new BsonString("%%root." + one(PATHS));
      default -> scalar();
    };
  }

  private BsonValue elements() {
    return once(2)
        ? new BsonString(once(4) ? "%%root.tags" : one(OF_USER))
        : new BsonArray(List.of(scalar(), scalar()));
  }
}
