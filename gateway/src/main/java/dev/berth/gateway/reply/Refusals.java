package dev.berth.gateway.reply;

import io.vertx.core.buffer.Buffer;

/// The table of refusals: what a client is told, and with which status.
public final class Refusals {

  private Refusals() {}

  public static Reply reply(Refusal refusal) {
    return switch (refusal) {
      case Refusal.AppNotFound(String appId) ->
          Reply.error(404, ErrorBody.of("cannot find app using Client App ID '" + appId + "'"));
      case Refusal.OriginNotAllowed() -> coded(403, "origin not allowed", "AuthError");
      case Refusal.AddressNotAllowed() ->
          coded(403, "the address of the client is not on the access list", "AuthError");
      case Refusal.EndpointNotFound() -> coded(404, "no matching endpoint", "EndpointNotFound");
      case Refusal.FunctionNotFound(String function) -> functionNotFound(function);
      case Refusal.PageNotFound() -> Reply.error(404, ErrorBody.of("not found"));
      case Refusal.BadPath() ->
          coded(400, "the path of the URL is not valid percent-encoded UTF-8", "BadRequest");
      case Refusal.Malformed() -> coded(400, "the request is not valid HTTP", "BadRequest");
      case Refusal.UrlTooLong() -> coded(414, "the URL is too long", "BadRequest");
      case Refusal.HeadersTooLarge() -> coded(431, "the headers are too large", "BadRequest");
      case Refusal.BodyTooLarge(long limit) ->
          coded(
              413,
              "the request body is larger than the limit of " + limit + " bytes",
              "ReadSizeLimitExceeded");
      case Refusal.UploadStalled() ->
          coded(408, "the request body did not arrive in time", "BadRequest");
      case Refusal.TooManyRequests() -> Reply.error(429, ErrorBody.of("too many requests"));
      case Refusal.MissingCredentials() ->
          coded(
              401,
              "must specify some form of authentication (either email+password, api-key, or jwt)"
                  + " in the request header or body",
              "MissingParameter");
      case Refusal.InvalidSession() ->
          coded(401, "invalid session: error finding user for endpoint", "InvalidSession");
      case Refusal.Unauthorized() -> coded(401, "unauthorized", "AuthError");
      case Refusal.Draining() ->
          Reply.retryLater(
              ErrorBody.of(
                  "This service is currently undergoing maintenance", "MaintenanceInProgress"));
      case Refusal.Broken() -> coded(500, "internal server error", "InternalServerError");
    };
  }

  static Reply functionNotFound(String function) {
    return coded(404, "function not found: '" + function + "'", "FunctionNotFound");
  }

  static Reply coded(int status, String error, String errorCode) {
    Buffer body = ErrorBody.of(error, errorCode);
    return Reply.error(status, body);
  }
}
