package dev.berth.worker.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Reads what app code asked for. Nothing that it gives is trusted.
final class RequestReader {

  private final Arguments arguments;

  private RequestReader(Arguments arguments) {
    this.arguments = arguments;
  }

  /// @throws dev.berth.jsruntime.service.GuestServiceException with a message for app code
  static OutboundRequest read(BsonDocument arguments) {
    return new RequestReader(new Arguments(arguments)).read();
  }

  private OutboundRequest read() {
    HttpMethod method = method();
    RequestHeaders headers = RequestHeaders.of(arguments.lists("headers"));
    Map<String, String> cookies = arguments.texts("cookies");
    cookies.replaceAll(RequestHeaders::cookieValue);
    Buffer body = body(headers);
    headers.setIfAbsent("User-Agent", "Berth");
    Target target = target();
    boolean digest = arguments.flag("digestAuth");
    if (digest && target.credentials() == null) {
      throw Arguments.refused("digestAuth", "needs the arguments \"username\" and \"password\"");
    }
    String login = arguments.text("authUrl");
    return new OutboundRequest(
        method,
        target,
        headers.all(),
        cookies,
        body,
        digest,
        arguments.flag("followRedirects"),
        login == null ? null : parse("authUrl", login));
  }

  private HttpMethod method() {
    String method = arguments.text("method");
    return switch (method) {
      case "get" -> HttpMethod.GET;
      case "post" -> HttpMethod.POST;
      case "put" -> HttpMethod.PUT;
      case "patch" -> HttpMethod.PATCH;
      case "delete" -> HttpMethod.DELETE;
      case "head" -> HttpMethod.HEAD;
      case "options" -> HttpMethod.OPTIONS;
      case null, default -> throw Arguments.refused("method", "must be one that there is");
    };
  }

  // ---- where

  private Target target() {
    String url = arguments.text("url");
    Target target = url == null ? parse("host", assembled()) : parse("url", url);
    String username = arguments.text("username");
    String password = arguments.text("password");
    return username == null && password == null
        ? target
        : target.withCredentials(
            new Credentials(username == null ? "" : username, password == null ? "" : password));
  }

  private String assembled() {
    String host = arguments.text("host");
    String name = host == null ? arguments.text("domain") : host;
    if (name == null) {
      throw Arguments.refused("url", "is missing");
    }
    if (name.chars().anyMatch(character -> "/?#@".indexOf(character) >= 0)) {
      throw Arguments.refused("host", "must be the name of a host");
    }
    String scheme = arguments.text("scheme");
    String path = arguments.text("path");
    StringBuilder url = new StringBuilder(scheme == null ? "http" : scheme);
    url.append("://").append(name);
    if (path != null) {
      url.append(path.startsWith("/") ? "" : "/");
      url.append(path.replace("?", "%3F").replace("#", "%23"));
    }
    return url.append(query()).toString();
  }

  private String query() {
    StringJoiner pairs = new StringJoiner("&", "?", "").setEmptyValue("");
    arguments
        .lists("query")
        .forEach(
            (name, values) ->
                values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
    return pairs.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Target parse(String argument, String url) {
    try {
      return Target.parse(url);
    } catch (IllegalArgumentException e) {
      throw Arguments.refused(argument, String.valueOf(e.getMessage()));
    }
  }

  // ---- what

  private @Nullable Buffer body(RequestHeaders headers) {
    Map<String, String> form = arguments.texts("form");
    BsonValue body = arguments.value("body");
    if (form.isEmpty()) {
      if (arguments.flag("encodedAsJson")) {
        headers.setIfAbsent("Content-Type", "application/json");
      }
      return body == null ? null : bytes(body);
    }
    if (body != null) {
      throw Arguments.refused("form", "cannot be used together with \"body\"");
    }
    MultipartForm multipart = MultipartForm.of(form);
    headers.set("Content-Type", multipart.contentType());
    return multipart.content();
  }

  private static Buffer bytes(BsonValue body) {
    if (body.isString()) {
      return Buffer.buffer(body.asString().getValue());
    }
    if (body.isBinary()) {
      return Buffer.buffer(body.asBinary().getData());
    }
    throw Arguments.refused(
        "body", "must be a string or a BSON.Binary, or an object with \"encodeBodyAsJSON\"");
  }
}
