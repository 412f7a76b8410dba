package dev.berth.gateway.endpoint;

import org.jspecify.annotations.Nullable;

/// The two parts of an endpoint's path that choose it: `/app/<App ID>/endpoint<route>`.
///
/// @param appId as it stands in the path; perhaps no App ID at all
/// @param rawRoute still percent-encoded; `""`, or begins with `/`
record EndpointUrl(String appId, String rawRoute) {

  static final String PREFIX = "/app/";
  private static final String INFIX = "/endpoint";

  /// Splits a path.
  ///
  /// @return `null` when the path is not of that form
  static @Nullable EndpointUrl parse(String path) {
    int end = path.indexOf('/', PREFIX.length());
    if (end < 0 || !path.startsWith(PREFIX) || !path.startsWith(INFIX, end)) {
      return null;
    }
    int route = end + INFIX.length();
    if (route < path.length() && path.charAt(route) != '/') {
      return null;
    }
    return new EndpointUrl(path.substring(PREFIX.length(), end), path.substring(route));
  }
}
