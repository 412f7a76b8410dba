package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The arguments of one operation on connections and names.
///
/// @param values by name; never trusted
record NetArguments(BsonDocument values) {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_CERTIFICATES = 200;
  private static final int MOST_CHARACTERS = 1 << 20;

  /// The number of a connection.
  int id() {
    return number("id");
  }

  int port() {
    int port = number("port");
    if (port < 1 || port > 65_535) {
      throw invalid("port");
    }
    return port;
  }

  private int number(String name) {
    BsonValue value = values.get(name);
    if (value == null || !value.isInt32()) {
      throw invalid(name);
    }
    return value.asInt32().getValue();
  }

  /// A name or an address, without brackets. What cannot be one is not asked for.
  String host() {
    String host = text("host");
    if (host == null || !host.matches("[A-Za-z0-9_.:%-]{1,255}")) {
      throw NetErrors.failed("ENOTFOUND", "the host is not known");
    }
    return host;
  }

  /// Whether a connection is to be secure from its beginning.
  boolean isSecure() {
    return values.get("secure", BsonBoolean.FALSE).equals(BsonBoolean.TRUE);
  }

  /// Whose certificate the other side must have; `null` where none is named.
  @Nullable PeerName peer() {
    String name = text("servername");
    if (name == null || name.isEmpty()) {
      return null;
    }
    PeerName peer = new PeerName(name);
    if (!peer.isUsable()) {
      throw invalid("servername");
    }
    return peer;
  }

  /// What is to be sent: bytes, or text.
  byte[] data() {
    byte[] data =
        switch (values.get("data")) {
          case BsonBinary bytes -> bytes.getData();
          case BsonString text -> text.getValue().getBytes(StandardCharsets.UTF_8);
          case null, default -> throw invalid("data");
        };
    if (data.length > MOST_BYTES) {
      throw invalid("data");
    }
    return data;
  }

  @Nullable String text(String name) {
    BsonValue value = values.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw invalid(name);
    }
    return value.asString().getValue();
  }

  /// The certificates to believe, as PEM; empty where none are named.
  List<String> authorities() {
    List<String> texts = new ArrayList<>();
    int characters = 0;
    if (!(values.get("ca", new BsonArray()) instanceof BsonArray given)) {
      throw invalid("ca");
    }
    for (BsonValue value : given) {
      if (!value.isString() || texts.size() == MOST_CERTIFICATES) {
        throw invalid("ca");
      }
      texts.add(value.asString().getValue());
      characters += texts.getLast().length();
      if (characters > MOST_CHARACTERS) {
        throw invalid("ca");
      }
    }
    return texts;
  }

  /// Whether the other side has to prove who it is. Only a clear no is one.
  boolean provesItself() {
    return !values.get("rejectUnauthorized", BsonBoolean.TRUE).equals(BsonBoolean.FALSE);
  }

  String recordType() {
    return values.get("type", new BsonString("")) instanceof BsonString type ? type.getValue() : "";
  }

  private static GuestServiceException invalid(String name) {
    return NetErrors.invalid("\"" + name + "\" cannot be used");
  }
}
