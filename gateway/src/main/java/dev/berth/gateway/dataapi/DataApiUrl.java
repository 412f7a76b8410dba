package dev.berth.gateway.dataapi;

import org.jspecify.annotations.Nullable;

/// The parts of `/app/<App ID>/endpoint/data/<version>/<rest>`.
///
/// @param appId as it stands in the path; perhaps no App ID at all
/// @param version such as `v1`
/// @param rest such as `action/find`
record DataApiUrl(String appId, String version, String rest) {

  private static final String PREFIX = "/app/";
  private static final String INFIX = "/endpoint/data/";
  private static final String ACTION = "action/";

  /// Splits a path.
  ///
  /// @return `null` when the path is not of that form
  static @Nullable DataApiUrl parse(String path) {
    if (!path.startsWith(PREFIX)) {
      return null;
    }
    int app = path.indexOf('/', PREFIX.length());
    if (app < 0 || !path.startsWith(INFIX, app)) {
      return null;
    }
    int version = app + INFIX.length();
    int rest = path.indexOf('/', version);
    return rest < 0
        ? null
        : new DataApiUrl(
            path.substring(PREFIX.length(), app),
            path.substring(version, rest),
            path.substring(rest + 1));
  }

  /// The action that is asked for; `null` when something else is.
  @Nullable String action() {
    return rest.startsWith(ACTION) ? rest.substring(ACTION.length()) : null;
  }
}
