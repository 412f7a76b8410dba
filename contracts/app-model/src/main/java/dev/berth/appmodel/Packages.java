package dev.berth.appmodel;

import java.util.regex.Pattern;

/// The npm packages that an app brings: which they are, not what is in them.
///
/// @param digest SHA-256 of all paths and contents as 64 hex digits; empty for no packages
/// @param files how many
/// @param bytes of all files together
public record Packages(String digest, int files, long bytes) {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private static final Packages NONE = new Packages("", 0, 0);

  public Packages {
    if (files == 0 ? !digest.isEmpty() || bytes != 0 : !SHA_256.matcher(digest).matches()) {
      throw new IllegalArgumentException("no digest of " + files + " files: " + digest);
    }
    if (files < 0 || bytes < 0) {
      throw new IllegalArgumentException(files + " files of " + bytes + " bytes");
    }
  }

  /// Those of an app that brings none.
  public static Packages none() {
    return NONE;
  }

  public boolean areNone() {
    return files == 0;
  }
}
