package dev.berth.launcher.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where traces go, in the terms of OpenTelemetry.
///
/// @param endpoint of a collector, which takes OTLP over HTTP
/// @param headers that it wants; they may hold a secret
/// @param percent how many of a hundred requests are recorded of which the client says nothing
public record TraceSettings(URI endpoint, Map<String, String> headers, int percent) {

  /// The variable that names the endpoint, as all that speaks OpenTelemetry knows it.
  public static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final int EVERYTHING = 100;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  public TraceSettings {
    headers = Map.copyOf(headers);
  }

  /// Reads what was asked for.
  ///
  /// @param endpoint `null` for none
  /// @param environment has the headers, as `name=value` with commas, percent-encoded
  /// @return `null` when nothing is to be recorded
  /// @throws IllegalArgumentException with a message fit for a person, which shows no header
  public static @Nullable TraceSettings read(
      @Nullable String endpoint, int percent, Map<String, String> environment) {
    return endpoint == null || endpoint.isBlank()
        ? null
        : new TraceSettings(
            base(endpoint.strip()), headers(environment.getOrDefault(HEADERS, "")), percent);
  }

  private static URI base(String text) {
    try {
      URI uri = new URI(text);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // As any other text that is none.
    }
    throw new IllegalArgumentException(
        ENDPOINT + " must be the URL of a collector like http://127.0.0.1:4318");
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(0, equals)).strip();
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            HEADERS + " must be like authorization=Bearer%20abc, with commas between several");
      }
      // A + stands for itself here.
      String value = pair.substring(equals + 1).strip().replace("+", "%2B");
      headers.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return headers;
  }

  /// As variables of the environment of another process of ours.
  public Map<String, String> environment() {
    String pairs =
        headers.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining(","));
    return Map.of(ENDPOINT, endpoint.toString(), HEADERS, pairs);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// What [#environment] says: the other process records what this one does.
  public static @Nullable TraceSettings ofEnvironment(Map<String, String> environment) {
    return read(environment.get(ENDPOINT), EVERYTHING, environment);
  }

  /// Where spans are sent to.
  public String spansUrl() {
    String text = endpoint.toString();
    return (text.endsWith("/") ? text : text + "/") + "v1/traces";
  }

  /// Without the headers, which may hold a secret.
  @Override
  public String toString() {
    return "TraceSettings[endpoint=" + endpoint + ", percent=" + percent + "]";
  }
}
