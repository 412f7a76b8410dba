package dev.berth.controlplane.packages;

/// How much the packages of one app may be.
///
/// @param archiveBytes of an archive as it is
/// @param files that can be required
/// @param bytes of all files that can be required
/// @param fileBytes of one file; a larger one is left out
/// @param entries files and folders of every kind
/// @param unpackedBytes of a tar archive as a whole, what is left out included
record PackageLimits(
    long archiveBytes, int files, long bytes, int fileBytes, int entries, long unpackedBytes) {

  private static final int MB = 1 << 20;

  /// The two dozen packages that apps use most, among them both SDKs of AWS and that of Google,
  /// are 11,000 files of 115 MB together.
  static PackageLimits standard() {
    return new PackageLimits(15L * MB, 20_000, 200L * MB, 16 * MB, 60_000, 300L * MB);
  }

  /// A size for messages.
  static String megabytes(long bytes) {
    return bytes / MB + " MB";
  }
}
