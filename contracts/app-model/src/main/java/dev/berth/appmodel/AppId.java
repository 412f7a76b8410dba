package dev.berth.appmodel;

import java.util.regex.Pattern;

/// The public App ID (client App ID) that stands in every URL of an app: `<name>-<suffix>`.
///
/// @param value 1 to 128 ASCII letters, digits, `_`, `-`
public record AppId(String value) {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  public AppId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an App ID: " + value);
    }
  }

  /// Whether the text could be an App ID; what comes from a URL is asked this first.
  public static boolean isValid(String text) {
    return ALLOWED.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
