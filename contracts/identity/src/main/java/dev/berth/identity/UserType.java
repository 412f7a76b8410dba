package dev.berth.identity;

/// What kind of user it is.
public enum UserType {
  /// A person, or whoever signs in as one.
  NORMAL("normal"),
  /// Whoever holds an API key that the developer made.
  SERVER("server");

  private final String wireName;

  UserType(String wireName) {
    this.wireName = wireName;
  }

  /// As clients and functions spell it: `normal`.
  public String wireName() {
    return wireName;
  }
}
