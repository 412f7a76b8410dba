package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.Header;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.TraceContext;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/// An [Invocation] as a document, and back.
final class InvocationForm {

  private static final int KNOWS_STEPS = 4;
  private static final int KNOWS_SOURCES = 4;

  private InvocationForm() {}

  /// Whether there is a way to say it to a reader of that version.
  static boolean isKnown(Invocation invocation, int version) {
    return version >= KNOWS_SOURCES || !(invocation instanceof Invocation.SourceCall);
  }

  /// The document that a reader of that version understands.
  ///
  /// @param invocation that such a reader knows
  static BsonDocument write(Invocation invocation, int version) {
    Invocation.Envelope envelope = invocation.envelope();
    BsonDocument form =
        new BsonDocument("app", new BsonString(envelope.appId().value()))
            .append("revision", new BsonInt64(envelope.revision().number()))
            .append("request", new BsonString(envelope.requestId().value()));
    CallerForm.write(envelope.caller(), form);
    form.append("limitMs", new BsonInt64(envelope.timeLimit().toMillis()))
        .append("function", new BsonString(invocation.function()));
    TraceContext step = envelope.step();
    if (step != null && version >= KNOWS_STEPS) {
      form.append("step", new BsonString(step.header()));
    }
    switch (invocation) {
      case Invocation.EndpointCall(_, _, EndpointRequest request, boolean wantsResult) -> {
        form.put("facts", facts(request.facts()));
        form.put("query", query(request.query()));
        form.put("wantsResult", BsonBoolean.valueOf(wantsResult));
        Buffer body = request.body();
        if (body != null) {
          form.put("body", new BsonBinary(body.getBytes()));
        }
      }
      case Invocation.FunctionCall(_, _, List<BsonValue> arguments, RequestFacts request) -> {
        form.put("facts", facts(request));
        form.put("arguments", new BsonArray(arguments));
      }
      case Invocation.SourceCall(_, String source, String expression, RequestFacts request) -> {
        form.put("facts", facts(request));
        form.put("source", new BsonString(source));
        form.put("expression", new BsonString(expression));
      }
      case Invocation.DataCall(
              _,
              String dataSource,
              DataOperation operation,
              BsonDocument arguments,
              RequestFacts request) -> {
        form.put("facts", facts(request));
        form.put("dataSource", new BsonString(dataSource));
        form.put("operation", new BsonString(operation.wireName()));
        form.put("named", arguments);
      }
    }
    return form;
  }

  static Invocation read(BsonDocument form) {
    Invocation.Envelope envelope =
        new Invocation.Envelope(
            new AppId(text(form, "app")),
            new Revision(form.getInt64("revision").getValue()),
            new RequestId(text(form, "request")),
            CallerForm.read(form),
            Duration.ofMillis(form.getInt64("limitMs").getValue()),
            form.containsKey("step") ? TraceContext.read(text(form, "step")) : null);
    String function = text(form, "function");
    RequestFacts facts = facts(form.getDocument("facts"));
    if (form.containsKey("operation")) {
      return new Invocation.DataCall(
          envelope,
          text(form, "dataSource"),
          DataOperation.named(text(form, "operation")).orElseThrow(),
          form.getDocument("named"),
          facts);
    }
    if (form.containsKey("source")) {
      return new Invocation.SourceCall(
          envelope, text(form, "source"), text(form, "expression"), facts);
    }
    if (form.containsKey("arguments")) {
      return new Invocation.FunctionCall(envelope, function, form.getArray("arguments"), facts);
    }
    Buffer body = form.containsKey("body") ? Buffer.buffer(form.getBinary("body").getData()) : null;
    EndpointRequest request = new EndpointRequest(facts, query(form.getArray("query")), body);
    return new Invocation.EndpointCall(
        envelope, function, request, form.getBoolean("wantsResult").getValue());
  }

  private static BsonDocument facts(RequestFacts facts) {
    return new BsonDocument("ip", new BsonString(facts.remoteIpAddress()))
        .append("method", new BsonString(facts.method()))
        .append("route", new BsonString(facts.route()))
        .append("rawQuery", new BsonString(facts.rawQueryString()))
        .append("headers", HeaderForm.write(facts.headers()));
  }

  private static RequestFacts facts(BsonDocument form) {
    List<Header> headers = HeaderForm.read(form.getArray("headers"));
    return new RequestFacts(
        text(form, "ip"),
        text(form, "method"),
        text(form, "route"),
        text(form, "rawQuery"),
        headers);
  }

  private static BsonArray query(List<EndpointRequest.QueryParameter> query) {
    BsonArray pairs = new BsonArray();
    for (EndpointRequest.QueryParameter parameter : query) {
      pairs.add(new BsonString(parameter.name()));
      pairs.add(new BsonString(parameter.value()));
    }
    return pairs;
  }

  private static List<EndpointRequest.QueryParameter> query(BsonArray pairs) {
    List<EndpointRequest.QueryParameter> query = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i += 2) {
      query.add(
          new EndpointRequest.QueryParameter(
              pairs.get(i).asString().getValue(), pairs.get(i + 1).asString().getValue()));
    }
    return query;
  }

  private static String text(BsonDocument form, String name) {
    return form.getString(name).getValue();
  }
}
