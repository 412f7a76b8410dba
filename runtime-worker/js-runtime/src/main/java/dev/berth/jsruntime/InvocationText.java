package dev.berth.jsruntime;

import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.Header;
import dev.berth.invocation.RequestFacts;
import dev.berth.jsruntime.wire.WireWriter;
import java.util.List;

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
    out.append(",\"headers\":[");
    String separator = "";
    for (Header header : facts.headers()) {
      out.append(separator);
      pair(out, header.name(), header.value());
      separator = ",";
    }
    out.append("],\"query\":[");
    separator = "";
    for (EndpointRequest.QueryParameter parameter : query) {
      out.append(separator);
      pair(out, parameter.name(), parameter.value());
      separator = ",";
    }
    return out.append("]}").toString();
  }

  private static void pair(StringBuilder out, String name, String value) {
    WireWriter.quote(out, name);
    out.append(',');
    WireWriter.quote(out, value);
  }
}
