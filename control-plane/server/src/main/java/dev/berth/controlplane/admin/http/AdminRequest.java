package dev.berth.controlplane.admin.http;

import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request with its whole body.
///
/// @param uri as the client wrote it
/// @param path without the query
/// @param query decoded
/// @param host that the client asked for, without a port; empty when it named none
/// @param remoteAddress of the client, behind the proxies that are believed
/// @param baseUrl where the client reaches Berth, without a slash at the end
public record AdminRequest(
    HttpMethod method,
    String uri,
    String path,
    MultiMap query,
    MultiMap headers,
    Buffer body,
    String host,
    String remoteAddress,
    String baseUrl) {

  /// The parts of the path, decoded. Some clients write two slashes where one is meant.
  public List<String> segments() {
    List<String> segments = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        segments.add(decoded(part));
      }
    }
    return segments;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Refusal.invalid("the path of the URL is malformed");
    }
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /// Never the headers, which hold tokens.
  @Override
  public String toString() {
    return "AdminRequest[" + method + " " + path + "]";
  }
}
