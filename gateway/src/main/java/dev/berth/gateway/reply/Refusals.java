package dev.berth.gateway.reply;

import java.time.Duration;

/// The table of refusals: what a client is told, and with which status.
public final class Refusals {

  private static final Duration SOON = Duration.ofSeconds(1);

  private Refusals() {}

  /// The reply to a request that any page may have sent.
  public static Reply reply(Refusal refusal) {
    return fault(refusal).reply();
  }

  public static Fault fault(Refusal refusal) {
    return switch (refusal) {
      case Refusal.AppNotFound(String appId) ->
          new Fault(404, "cannot find app using Client App ID '" + appId + "'", null);
      case Refusal.OtherRegion(String appId, String region, String url) ->
          new Fault(
              404,
              "cannot find app using Client App ID '%s': it is local to %s, make sure to pass the region as well: %s"
                  .formatted(appId, region, url),
              null);
      case Refusal.OriginNotAllowed() -> new Fault(403, "origin not allowed", "AuthError");
      case Refusal.AddressNotAllowed() ->
          new Fault(403, "the address of the client is not on the access list", "AuthError");
      case Refusal.EndpointNotFound() -> new Fault(404, "no matching endpoint", "EndpointNotFound");
      case Refusal.FunctionNotFound(String function) -> OutcomeFaults.functionNotFound(function);
      case Refusal.PageNotFound() -> new Fault(404, "not found", null);
      case Refusal.BadPath() ->
          new Fault(400, "the path of the URL is not valid percent-encoded UTF-8", "BadRequest");
      case Refusal.Malformed() -> new Fault(400, "the request is not valid HTTP", "BadRequest");
      case Refusal.UrlTooLong() -> new Fault(414, "the URL is too long", "BadRequest");
      case Refusal.HeadersTooLarge() -> new Fault(431, "the headers are too large", "BadRequest");
      case Refusal.BodyTooLarge(long limit) ->
          new Fault(
              413,
              "the request body is larger than the limit of " + limit + " bytes",
              "ReadSizeLimitExceeded");
      case Refusal.NoRoom() ->
          new Fault(503, "too much is being received at once", "InternalServerError", SOON);
      case Refusal.UploadStalled() ->
          new Fault(408, "the request body did not arrive in time", "BadRequest");
      case Refusal.TooManyRequests(), Refusal.RateLimited() ->
          new Fault(429, "too many requests", null, SOON);
      case Refusal.TooManyAttempts(String message, Duration retryAfter) ->
          new Fault(429, message, "TooManyRequests", retryAfter);
      case Refusal.MissingCredentials() ->
          new Fault(
              400,
              "must specify some form of authentication (either email+password, api-key, or jwt)"
                  + " in the request header or body",
              "MissingParameter");
      case Refusal.InvalidSession() ->
          new Fault(401, "invalid session: error finding user for endpoint", "InvalidSession");
      case Refusal.Unauthorized() -> new Fault(401, "unauthorized", "AuthError");
      case Refusal.Draining() ->
          new Fault(
              503,
              "This service is currently undergoing maintenance",
              "MaintenanceInProgress",
              SOON);
      case Refusal.Broken() -> new Fault(500, "internal server error", "InternalServerError");
    };
  }
}
