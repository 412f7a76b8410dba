package dev.berth.launcher;

/// The version of this build.
final class Version {

  private Version() {}

  /// As the jar says it; `development` when the classes are not in a jar.
  static String current() {
    String packaged = Version.class.getPackage().getImplementationVersion();
    return packaged == null ? "development" : packaged;
  }
}
