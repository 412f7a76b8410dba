package dev.berth.appmodel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Static files of the app.
///
/// @param defaultErrorPath the file that answers for one that is missing
/// @param files what is said about single files; others are served by their extension
public record Hosting(
    boolean enabled,
    @Nullable String customDomain,
    @Nullable String defaultErrorPath,
    int defaultErrorCode,
    List<FileHeaders> files) {

  public Hosting {
    files = List.copyOf(files);
  }

  /// No static files.
  public static Hosting off() {
    return new Hosting(false, null, null, 404, List.of());
  }

  /// The headers of one file.
  ///
  /// @param path begins with `/`
  public record FileHeaders(String path, Map<String, String> headers) {

    public FileHeaders {
      headers = Map.copyOf(headers);
    }
  }
}
