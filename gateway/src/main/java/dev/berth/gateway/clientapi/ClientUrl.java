package dev.berth.gateway.clientapi;

import dev.berth.gateway.request.PercentCoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a path that follows `/api/client/v2.0/`, decoded segment by segment.
record ClientUrl(List<String> segments) {

  private static final String PREFIX = "/api/client/v2.0/";
  private static final String APP = "app";

  ClientUrl {
    segments = List.copyOf(segments);
  }

  /// Clients append paths to a base URL that may end with a slash, so a path may begin with two.
  static boolean isOne(String path) {
    return path.startsWith(PREFIX, slashesBefore(path));
  }

  private static int slashesBefore(String path) {
    int slashes = 0;
    while (path.startsWith("//", slashes)) {
      slashes++;
    }
    return slashes;
  }

  /// Splits a path that is one.
  ///
  /// @return `null` when it cannot be decoded
  static @Nullable ClientUrl parse(String path) {
    List<String> segments = new ArrayList<>();
    for (String raw : path.substring(slashesBefore(path) + PREFIX.length()).split("/", -1)) {
      String segment = PercentCoding.decodePath(raw);
      if (segment == null) {
        return null;
      }
      segments.add(segment);
    }
    return new ClientUrl(segments);
  }

  /// The app that the path names; `null` when only the token of the request can say.
  @Nullable String appId() {
    return segments.size() > 1 && segments.getFirst().equals(APP) ? segments.get(1) : null;
  }

  /// Whether it asks where an app is.
  boolean isLocation() {
    return segments.size() == 3 && appId() != null && segments.get(2).equals("location");
  }
}
