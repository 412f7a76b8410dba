package dev.berth.invocation.bus;

import dev.berth.invocation.Caller;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A [Caller] as fields of an invocation: `caller` says whose rights, `rights` and `user` hold
/// the
/// users that it takes.
final class CallerForm {

  private static final String CALLER = "caller";
  private static final String RIGHTS = "rights";
  private static final String USER = "user";

  private CallerForm() {}

  static void write(Caller caller, BsonDocument form) {
    switch (caller) {
      case Caller.SystemUser(_) -> form.put(CALLER, new BsonString("system"));
      case Caller.Nobody() -> form.put(CALLER, new BsonString("nobody"));
      case Caller.SignedIn _ -> form.put(CALLER, new BsonString("user"));
      case Caller.InPlaceOf(Caller.SignedIn rights, _) -> {
        form.put(CALLER, new BsonString("inPlaceOf"));
        form.put(RIGHTS, user(rights));
      }
    }
    Caller.SignedIn user = caller.user();
    if (user != null) {
      form.put(USER, user(user));
    }
  }

  static Caller read(BsonDocument form) {
    String text = form.getString(CALLER).getValue();
    return switch (text) {
      case "system" -> new Caller.SystemUser(userOrNone(form));
      case "nobody" -> Caller.nobody();
      case "user" -> user(form.getDocument(USER));
      case "inPlaceOf" ->
          new Caller.InPlaceOf(user(form.getDocument(RIGHTS)), user(form.getDocument(USER)));
      default -> throw new IllegalArgumentException("unknown caller: " + text);
    };
  }

  private static Caller.@Nullable SignedIn userOrNone(BsonDocument form) {
    return form.containsKey(USER) ? user(form.getDocument(USER)) : null;
  }

  private static BsonDocument user(Caller.SignedIn user) {
    BsonArray identities = new BsonArray();
    for (Caller.Identity identity : user.identities()) {
      identities.add(new BsonString(identity.id()));
      identities.add(new BsonString(identity.providerType()));
    }
    return new BsonDocument("id", new BsonString(user.id()))
        .append("type", new BsonString(user.type()))
        .append("data", user.data())
        .append("customData", user.customData())
        .append("identities", identities);
  }

  private static Caller.SignedIn user(BsonDocument form) {
    List<Caller.Identity> identities = new ArrayList<>();
    List<BsonValue> pairs = form.getArray("identities");
    for (int i = 0; i < pairs.size(); i += 2) {
      identities.add(
          new Caller.Identity(
              pairs.get(i).asString().getValue(), pairs.get(i + 1).asString().getValue()));
    }
    return new Caller.SignedIn(
        form.getString("id").getValue(),
        form.getString("type").getValue(),
        form.getDocument("data"),
        form.getDocument("customData"),
        identities);
  }
}
