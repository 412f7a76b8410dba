package dev.berth.invocation;

import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// As whom app code runs, and who asked for it. Mostly these are the same.
public sealed interface Caller {

  /// Who asked: what the function sees as `context.user`; `null` when nobody did that is known.
  @Nullable SignedIn user();

  /// The system user: full access to data, above rules and schemas, and no user id.
  ///
  /// @param user who called all the same
  record SystemUser(@Nullable SignedIn user) implements Caller {}

  /// A user of the app.
  ///
  /// @param type `normal`, or `server` for the holder of a key that the developer made
  /// @param data what the providers said of the user
  /// @param customData what the app keeps of the user
  record SignedIn(
      String id, String type, BsonDocument data, BsonDocument customData, List<Identity> identities)
      implements Caller {

    public SignedIn {
      identities = List.copyOf(identities);
    }

    @Override
    public SignedIn user() {
      return this;
    }

    /// Without data, which is personal.
    @Override
    public String toString() {
      return "SignedIn[id=" + id + ", type=" + type + "]";
    }
  }

  /// One way in which a user signs in.
  record Identity(String id, String providerType) {}

  /// With the rights of one user, though another one called.
  record InPlaceOf(SignedIn rights, SignedIn user) implements Caller {}

  /// Nobody signed in; with application authentication such a call is refused before it gets
  /// here.
  record Nobody() implements Caller {
    @Override
    public @Nullable SignedIn user() {
      return null;
    }
  }

  static Caller system() {
    return new SystemUser(null);
  }

  static Caller nobody() {
    return new Nobody();
  }
}
