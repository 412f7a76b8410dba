package dev.berth.appmodel.directory;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The four forms an app directory had over the years, by their `config_version`.
public enum Layout {
  V20180301(20180301, "stitch.json"),
  V20200603(20200603, "config.json"),
  V20210101(20210101, "realm_config.json"),
  V20230101(20230101, "root_config.json");

  private final int configVersion;
  private final String rootFile;

  Layout(int configVersion, String rootFile) {
    this.configVersion = configVersion;
    this.rootFile = rootFile;
  }

  /// The layout of a `config_version`, or `null` for one that never existed.
  public static @Nullable Layout ofVersion(int configVersion) {
    return Arrays.stream(values())
        .filter(layout -> layout.configVersion == configVersion)
        .findFirst()
        .orElse(null);
  }

  /// Every known version, for messages.
  static String allVersions() {
    return Arrays.stream(values())
        .map(layout -> Integer.toString(layout.configVersion))
        .collect(Collectors.joining(", "));
  }

  public int configVersion() {
    return configVersion;
  }

  /// The file that marks the root, as exports of this layout name it.
  public String rootFile() {
    return rootFile;
  }

  /// Whether functions, providers and rules lie in folders and files of their own, the older way.
  boolean isFirstGeneration() {
    return switch (this) {
      case V20180301, V20200603 -> true;
      case V20210101, V20230101 -> false;
    };
  }

  /// The folder of custom endpoints, as exports of this layout name it.
  String endpointsFolder() {
    return switch (this) {
      case V20180301, V20200603, V20210101 -> "http_endpoints";
      case V20230101 -> "https_endpoints";
    };
  }

  /// The endpoints folder of the other layouts.
  String otherEndpointsFolder() {
    return switch (this) {
      case V20180301, V20200603, V20210101 -> "https_endpoints";
      case V20230101 -> "http_endpoints";
    };
  }
}
