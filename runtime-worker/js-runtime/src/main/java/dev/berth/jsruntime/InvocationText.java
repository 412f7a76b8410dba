package dev.berth.jsruntime;

import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.Header;
import dev.berth.invocation.RequestFacts;
import dev.berth.jsruntime.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a context learns of the request, as JSON text for `prelude/http.js`.
final class InvocationText {

  private InvocationText() {}

  static String of(RequestFacts facts, List<EndpointRequest.QueryParameter> query) {
    StringBuilder out = new StringBuilder(512);
    out.append("{\"remoteIpAddress\":");
    WireWriter.quote(out, facts.remoteIpAddress());
    out.append(",\"method\":");
    WireWriter.quote(out, facts.method());
    out.append(",\"route\":");
    WireWriter.quote(out, facts.route());
    out.append(",\"rawQueryString\":");
    WireWriter.quote(out, facts.rawQueryString());
    out.append(",\"headers\":");
    headers(out, facts.headers());
    out.append(",\"query\":");
    query(out, query);
    return out.append('}').toString();
  }

  /// `{"Accept":["a","b"]}`: all values of a name together, in the order they came.
  private static void headers(StringBuilder out, List<Header> headers) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (Header header : headers) {
      byName.computeIfAbsent(header.name(), _ -> new ArrayList<>(1)).add(header.value());
    }
    char separator = '{';
    for (Map.Entry<String, List<String>> header : byName.entrySet()) {
      out.append(separator);
      WireWriter.quote(out, header.getKey());
      separator = '[';
      out.append(':');
      for (String value : header.getValue()) {
        out.append(separator);
        WireWriter.quote(out, value);
        separator = ',';
      }
      out.append(']');
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  /// The first value of each name counts.
  private static void query(StringBuilder out, List<EndpointRequest.QueryParameter> query) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (EndpointRequest.QueryParameter parameter : query) {
      byName.putIfAbsent(parameter.name(), parameter.value());
    }
    char separator = '{';
    for (Map.Entry<String, String> parameter : byName.entrySet()) {
      out.append(separator);
      WireWriter.quote(out, parameter.getKey());
      out.append(':');
      WireWriter.quote(out, parameter.getValue());
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }
}
