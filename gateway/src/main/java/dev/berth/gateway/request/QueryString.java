package dev.berth.gateway.request;

import dev.berth.invocation.EndpointRequest.QueryParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A query string, read once: what functions may see of it, and the secret that they may not.
///
/// @param withoutSecret the raw text without any pair whose key means `secret`
/// @param parameters decoded, the first of repeated keys, in the order of the text, no `secret`
/// @param secret the first value of `secret`; `null` when there is none
public record QueryString(
    String withoutSecret, List<QueryParameter> parameters, @Nullable String secret) {

  private static final String SECRET_KEY = "secret";
  private static final QueryString EMPTY = new QueryString("", List.of(), null);

  public QueryString {
    parameters = List.copyOf(parameters);
  }

  /// Reads a raw query string; whatever it holds, this succeeds.
  ///
  /// @param raw without the leading `?`; `null` when the URL has none
  public static QueryString parse(@Nullable String raw) {
    return raw == null || raw.isEmpty() ? EMPTY : new Reader().read(raw);
  }

  /// Shows no content: a query string may hold credentials.
  @Override
  public String toString() {
    return "QueryString[" + parameters.size() + " parameters]";
  }

  private static final class Reader {

    private final StringBuilder kept = new StringBuilder();
    private final Map<String, String> firstValues = new LinkedHashMap<>();
    private @Nullable String secret;
    private boolean removedAny;
    private boolean keptAny;

    QueryString read(String raw) {
      int start = 0;
      while (start <= raw.length()) {
        int end = raw.indexOf('&', start);
        if (end < 0) {
          end = raw.length();
        }
        readPair(raw, start, end);
        start = end + 1;
      }
      List<QueryParameter> parameters = new ArrayList<>(firstValues.size());
      firstValues.forEach((key, value) -> parameters.add(new QueryParameter(key, value)));
      return new QueryString(removedAny ? kept.toString() : raw, parameters, secret);
    }

    private void readPair(String raw, int start, int end) {
      int equals = raw.indexOf('=', start, end);
      String key = PercentCoding.decodeQuery(raw.substring(start, equals < 0 ? end : equals));
      String value = equals < 0 ? "" : PercentCoding.decodeQuery(raw.substring(equals + 1, end));
      if (key.equals(SECRET_KEY)) {
        removedAny = true;
        secret = secret == null ? value : secret;
        return;
      }
      if (keptAny) {
        kept.append('&');
      }
      kept.append(raw, start, end);
      keptAny = true;
      if (start < end) {
        firstValues.putIfAbsent(key, value);
      }
    }
  }
}
