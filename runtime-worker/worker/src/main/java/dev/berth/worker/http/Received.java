package dev.berth.worker.http;

import dev.berth.invocation.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole response.
///
/// @param reason what the server called the status
/// @param headers in the order they came, with the names the server gave them
record Received(int status, String reason, List<Header> headers, ReceivedBody body) {

  Received {
    headers = List.copyOf(headers);
  }

  /// The first value of a header, or `null`.
  @Nullable String first(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse(null);
  }

  /// All values of a header.
  List<String> all(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  @Override
  public String toString() {
    return "Received[" + status + "]";
  }
}
