package dev.berth.worker.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Who a request says it comes from.
record Credentials(String username, String password) {

  /// The value of an `Authorization` header.
  String basic() {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "Credentials[...]";
  }
}
