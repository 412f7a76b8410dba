package dev.berth.appmodel.entity;

import dev.berth.appmodel.json.Json.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One thing of an app.
///
/// @param id 24 hex digits made of kind, owner and name: the same in every revision of every app
/// that has something of that name, whoever wrote it and how; another one after a renaming
/// @param owner the service that it belongs to; empty for things that belong to none
/// @param value what is in it, without the id
public record Entity(String id, EntityKind kind, String owner, String name, Fields value) {

  private static final int ID_BYTES = 12;

  Entity(EntityKind kind, String owner, String name, Fields value) {
    this(id(kind, owner, name), kind, owner, name, value);
  }

  /// The id of what has that name.
  ///
  /// @param owner the service that it belongs to; empty for things that belong to none
  public static String id(EntityKind kind, String owner, String name) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String key = kind.name() + "\0" + owner + "\0" + name;
      byte[] digest = sha256.digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// The value with the id as clients get it.
  public Fields withId() {
    return Fields.none().with("_id", id).and(value.without("_id", "id"));
  }
}
