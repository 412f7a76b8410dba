package dev.berth.invocation;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One call of one function of one app revision, or of one of its data sources.
public sealed interface Invocation {

  /// What every invocation carries.
  Envelope envelope();

  /// The function to run; of a [DataCall] what it asks for, and of a [SourceCall] what it is called
  /// in logs: no function is named like these.
  String function();

  default AppId appId() {
    return envelope().appId();
  }

  default Revision revision() {
    return envelope().revision();
  }

  default RequestId requestId() {
    return envelope().requestId();
  }

  /// The trace that it belongs to: of the step that calls, or of the request behind it; `null`
  /// when nobody named one.
  default @Nullable TraceContext trace() {
    TraceContext step = envelope().step();
    return step != null ? step : traceOfRequest();
  }

  private @Nullable TraceContext traceOfRequest() {
    return TraceContext.in(
        switch (this) {
          case EndpointCall call -> call.request().facts().headers();
          case FunctionCall call -> call.request().headers();
          case SourceCall call -> call.request().headers();
          case DataCall call -> call.request().headers();
        });
  }

  /// The same call in another envelope.
  default Invocation in(Envelope other) {
    return switch (this) {
      case EndpointCall(_, String function, EndpointRequest request, boolean wantsResult) ->
          new EndpointCall(other, function, request, wantsResult);
      case FunctionCall(_, String function, List<BsonValue> arguments, RequestFacts request) ->
          new FunctionCall(other, function, arguments, request);
      case SourceCall(_, String source, String expression, RequestFacts request) ->
          new SourceCall(other, source, expression, request);
      case DataCall(
              _,
              String dataSource,
              DataOperation operation,
              BsonDocument arguments,
              RequestFacts request) ->
          new DataCall(other, dataSource, operation, arguments, request);
    };
  }

  /// The part that does not depend on what kind of call it is.
  ///
  /// @param timeLimit how long the function may run from its start, at least 1 ms; a duration
  ///     and not a moment, because clocks of two machines differ
  /// @param step what the caller records of this call in a trace; `null` when it records nothing
  record Envelope(
      AppId appId,
      Revision revision,
      RequestId requestId,
      Caller caller,
      Duration timeLimit,
      @Nullable TraceContext step) {

    public Envelope {
      if (timeLimit.toMillis() < 1) {
        throw new IllegalArgumentException("time limit under a millisecond: " + timeLimit);
      }
    }

    /// Of a call that nobody records.
    public Envelope(
        AppId appId, Revision revision, RequestId requestId, Caller caller, Duration timeLimit) {
      this(appId, revision, requestId, caller, timeLimit, null);
    }

    /// The same, as part of that step.
    public Envelope as(TraceContext recorded) {
      return new Envelope(appId, revision, requestId, caller, timeLimit, recorded);
    }

    /// The same with the rights of another caller.
    public Envelope of(Caller other) {
      return new Envelope(appId, revision, requestId, other, timeLimit, step);
    }
  }

  /// A custom HTTPS endpoint was called: the function gets `(request, response)`.
  ///
  /// @param wantsResult whether the return value may become the body (`respond_result`)
  record EndpointCall(
      Envelope envelope, String function, EndpointRequest request, boolean wantsResult)
      implements Invocation {}

  /// A plain call with values: a client's, the command line's, a trigger's.
  ///
  /// @param request what the function sees as `context.request`
  record FunctionCall(
      Envelope envelope, String function, List<BsonValue> arguments, RequestFacts request)
      implements Invocation {

    public FunctionCall {
      arguments = List.copyOf(arguments);
    }
  }

  /// An administrator tries out a function that is not deployed, with all that the revision has:
  /// its values, its data sources, its packages and its other functions.
  ///
  /// @param source JavaScript that assigns a function to `exports`, as that of a deployed one
  /// @param expression JavaScript whose value is the result; it sees what the source declares and
  ///     the function as `exports`
  record SourceCall(Envelope envelope, String source, String expression, RequestFacts request)
      implements Invocation {

    /// No author of a function can put a `:` into its name.
    public static final String FUNCTION = "source:run";

    @Override
    public String function() {
      return FUNCTION;
    }

    /// Without the code, which may hold anything.
    @Override
    public String toString() {
      return "SourceCall[" + envelope.requestId() + "]";
    }
  }

  /// A client works on a data source itself, without any function in between.
  ///
  /// @param dataSource the name of one that the app has
  /// @param arguments by the names that [DataOperation] lists; never trusted
  /// @param request what rules see as `%%request`
  record DataCall(
      Envelope envelope,
      String dataSource,
      DataOperation operation,
      BsonDocument arguments,
      RequestFacts request)
      implements Invocation {

    /// Such as `mongodb-atlas:insertOne`: no author of a function can put a `:` into its name.
    @Override
    public String function() {
      return dataSource + ":" + operation.wireName();
    }

    /// Without documents, which are personal.
    @Override
    public String toString() {
      return "DataCall[" + function() + ", " + envelope.requestId() + "]";
    }
  }
}
