package dev.berth.appmodel;

import org.bson.BsonValue;

/// A named value that functions read with `context.values.get(name)`.
public sealed interface AppValue {

  String name();

  /// A value written in the app directory.
  record Plain(String name, BsonValue value) implements AppValue {}

  /// A value that is the content of a secret.
  ///
  /// @param secretName the secret it takes its content from
  record FromSecret(String name, String secretName) implements AppValue {}
}
