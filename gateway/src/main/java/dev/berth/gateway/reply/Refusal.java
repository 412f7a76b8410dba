package dev.berth.gateway.reply;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why the gateway itself answers a request, without running anything of an app.
public sealed interface Refusal {

  /// No live app has this id.
  record AppNotFound(String appId) implements Refusal {}

  /// The app is local to a region, and the request came to another one.
  ///
  /// @param url where it is
  record OtherRegion(String appId, String region, String url) implements Refusal {}

  /// The app does not take requests from pages of that origin.
  record OriginNotAllowed() implements Refusal {}

  /// The client is not on the access list.
  record AddressNotAllowed() implements Refusal {}

  /// The app has no enabled endpoint for the route and the method.
  record EndpointNotFound() implements Refusal {}

  /// The endpoint names a function that its revision does not have.
  record FunctionNotFound(String function) implements Refusal {}

  /// The URL is none of the gateway's.
  record PageNotFound() implements Refusal {}

  /// The path of the URL cannot be decoded.
  record BadPath() implements Refusal {}

  /// What was sent is not HTTP.
  record Malformed() implements Refusal {}

  /// The request line is too long.
  record UrlTooLong() implements Refusal {}

  /// The headers are too large.
  record HeadersTooLarge() implements Refusal {}

  /// The body is larger than the gateway reads.
  record BodyTooLarge(long limit) implements Refusal {}

  /// The bodies of other requests take the memory that there is for bodies.
  record NoRoom() implements Refusal {}

  /// The body stopped coming.
  record UploadStalled() implements Refusal {}

  /// The app has as many requests in flight as it may have.
  record TooManyRequests() implements Refusal {}

  /// The app has had as many requests in this second as it may have.
  record RateLimited() implements Refusal {}

  /// Somebody tried to sign in too often.
  record TooManyAttempts(String message, @Nullable Duration retryAfter) implements Refusal {}

  /// Application authentication, and no credentials.
  record MissingCredentials() implements Refusal {}

  /// Credentials that name no user.
  record InvalidSession() implements Refusal {}

  /// Authenticated or not: this request may not run.
  record Unauthorized() implements Refusal {}

  /// The gateway is about to stop.
  record Draining() implements Refusal {}

  /// The platform broke; details are in the log, under the request id.
  record Broken() implements Refusal {}
}
