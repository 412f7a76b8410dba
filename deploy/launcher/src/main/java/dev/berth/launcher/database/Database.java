package dev.berth.launcher.database;

/// A database that answers to the MongoDB wire protocol.
public sealed interface Database extends AutoCloseable permits EmbeddedDatabase, ExternalDatabase {

  /// Where drivers connect to. May hold a password: never print it.
  String connectionString();

  /// What a person may be told about where the data is.
  String description();

  /// Closes what this process opened; data that was acknowledged stays.
  @Override
  void close();
}
