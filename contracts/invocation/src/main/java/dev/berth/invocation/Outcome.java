package dev.berth.invocation;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// How an invocation ended: one closed list, for replies, logs and metrics alike.
public sealed interface Outcome {

  /// A [Invocation.FunctionCall] returned.
  ///
  /// @param value `BsonUndefined` when it returned `undefined`
  record Returned(BsonValue value) implements Outcome {}

  /// An [Invocation.EndpointCall] returned.
  ///
  /// @param status what `setStatusCode` was given; `null` when it was not called
  /// @param headers in the order they were set
  record Responded(@Nullable Integer status, List<Header> headers, Body body) implements Outcome {

    public Responded {
      headers = List.copyOf(headers);
    }
  }

  /// App code threw, or could not be run because of what it is (a syntax error, no function).
  ///
  /// @param code a public error code such as `FunctionExecutionError`
  /// @param message for the caller; holds nothing of the host
  record Threw(String code, String message) implements Outcome {}

  /// The invocation was ended because it ran out of something.
  record OverLimit(Limit limit, String message) implements Outcome {}

  /// There is no such function in that revision; nothing ran.
  record NotFound(String function) implements Outcome {}

  /// Nothing ran, because whoever runs app code cannot take it now; it may be tried elsewhere.
  ///
  /// @param region where a worker is missing; `null` when that is not the reason
  record Unavailable(String reason, @Nullable String region) implements Outcome {

    /// A worker refuses what comes until it has room again, a moment later as a rule.
    public static final Unavailable SHORT_OF_MEMORY =
        new Unavailable("the worker is short of memory");

    public Unavailable(String reason) {
      this(reason, null);
    }

    /// Nobody runs app code where it would have to run.
    public static Unavailable in(String region) {
      return new Unavailable("no worker is there in the region " + region, region);
    }
  }

  /// The worker that had the invocation is gone. It may have run, wholly or in part, so it must
  /// not be tried elsewhere.
  record Lost(String reason) implements Outcome {}

  /// What an endpoint function answers with.
  sealed interface Body {

    /// Neither `setBody` nor a wanted result.
    record None() implements Body {}

    /// What `setBody` was given.
    ///
    /// @param text whether it was given as a string
    record Bytes(Buffer content, boolean text) implements Body {}

    /// The return value, to be serialised in the format the client asked for.
    ///
    /// @param value `BsonUndefined` when the function returned `undefined`
    record Result(BsonValue value) implements Body {}
  }
}
