package dev.berth.invocation;

import java.util.List;

/// What a function may learn of the HTTP request that caused it (`context.request`), without the
/// body.
///
/// @param remoteIpAddress of the client
/// @param method such as `GET`
/// @param route the endpoint's route, or `""` where there is none
/// @param rawQueryString without a leading `?` and without any pair whose key is `secret`
/// @param headers in the order they came
public record RequestFacts(
    String remoteIpAddress,
    String method,
    String route,
    String rawQueryString,
    List<Header> headers) {

  public RequestFacts {
    headers = List.copyOf(headers);
  }

  /// The facts of a call that no HTTP request caused.
  public static RequestFacts none() {
    return new RequestFacts("", "", "", "", List.of());
  }
}
