package dev.berth.controlplane.packages;

import java.util.regex.Pattern;

/// The names of npm packages, and where npm puts them.
final class PackageName {

  /// Neither `.` nor `..`: no name begins with a dot. Old packages have capital letters.
  private static final String PART = "[A-Za-z0-9_~!'()*-][A-Za-z0-9._~!'()*-]*";

  private static final String NAME = "(@" + PART + "/)?" + PART;

  private static final Pattern ONE = Pattern.compile(NAME);
  private static final Pattern FOLDER =
      Pattern.compile("node_modules/" + NAME + "(/node_modules/" + NAME + ")*");

  private PackageName() {}

  static boolean isOne(String name) {
    return ONE.matcher(name).matches();
  }

  /// Whether a path is that of a package in `node_modules`, at whatever depth.
  static boolean isFolder(String path) {
    return FOLDER.matcher(path).matches();
  }
}
