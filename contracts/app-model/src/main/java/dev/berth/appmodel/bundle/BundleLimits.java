package dev.berth.appmodel.bundle;

/// How much one bundle may be.
public final class BundleLimits {

  /// Files of all kinds; the largest public export has some hundreds.
  public static final int FILES = 10_000;

  /// Bytes of one file.
  public static final int FILE_BYTES = 16 << 20;

  /// Bytes of all files together.
  public static final long BYTES = 64L << 20;

  /// Characters of a path.
  public static final int PATH_LENGTH = 1024;

  /// Folders inside one another.
  public static final int DEPTH = 32;

  private BundleLimits() {}
}
