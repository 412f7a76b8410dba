package dev.berth.gateway.dataapi;

import dev.berth.appmodel.RunAs;
import dev.berth.gateway.authentication.Credentials;
import dev.berth.gateway.reply.Fault;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/// What is wrong with requests in a way that only the Data API knows.
final class DataApiFaults {

  private DataApiFaults() {}

  static Fault noSuchAction(String name) {
    return new Fault(404, "action not found: '" + name + "'", "EndpointNotFound");
  }

  static Fault notPosted() {
    return new Fault(405, "actions are asked for with POST", "BadRequest");
  }

  static Fault noSuchDataSource(String name) {
    return new Fault(404, "service not found: '" + name + "'", "ServiceNotFound");
  }

  /// What is missing of the credentials, going by the headers alone.
  ///
  /// @return `null` when there is something to verify, or when nothing has to be
  static @Nullable Fault ofCredentials(RunAs runAs, MultiMap headers) {
    if (!(runAs instanceof RunAs.Caller)) {
      return null;
    }
    return switch (Credentials.in(headers)) {
      case Credentials.None() ->
          new Fault(400, "no authentication methods were specified", "InvalidParameter");
      case Credentials.Unclear _ when headers.contains("email") != headers.contains("password") ->
          new Fault(
              400,
              "must specify some form of authentication (either email+password, api-key, or jwt)"
                  + " in the request header or body",
              "MissingParameter");
      case Credentials.Unclear _, Credentials.Bearer _, Credentials.OfProvider _ -> null;
    };
  }
}
