package dev.berth.jsruntime.service;

import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Something outside its context that app code may ask for: a database, an HTTP client.
///
/// Only BSON crosses, so a service never sees an object of app code and app code never sees one
/// of ours. Implementations are called on a thread that is not a guest thread, must not block
/// it, and must treat every argument as hostile.
@FunctionalInterface
public interface GuestService {

  /// Performs one asynchronous operation for one invocation.
  ///
  /// @param operation what is asked for, as the JavaScript side names it
  /// @param arguments by name; never trusted
  /// @return the result; fails with [GuestServiceException] for what app code may know, with
  ///     [PassedLimitException] to end the invocation, and with anything else for what only our
  ///     log may know
  CompletionStage<BsonValue> call(CallScope scope, String operation, BsonDocument arguments);
}
