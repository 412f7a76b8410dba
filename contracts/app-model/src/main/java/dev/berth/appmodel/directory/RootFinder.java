package dev.berth.appmodel.directory;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonNumber;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.appmodel.json.Place;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out whether a folder is the root of an app, and of which layout.
final class RootFinder {

  private static final String NEWEST_ROOT = "root_config.json";

  /// The order in which root files are looked for.
  private static final List<String> CANDIDATES =
      List.of(NEWEST_ROOT, "realm_config.json", "config.json", "stitch.json");

  private static final List<String> MARKERS = List.of(".mdb/meta.json", ".mdb/app_meta.json");

  /// Functions and hosting have a file of this name too, which is no root.
  private static final String SHARED_NAME = "config.json";

  private final Problems problems;

  /// What may be wrong, should no root be found.
  private final Problems suspicions = new Problems();

  RootFinder(Problems problems) {
    this.problems = problems;
  }

  /// What says that a folder is the root of an app.
  ///
  /// @param clientAppId what the marker file says; `null` when it says nothing
  record AppRoot(Layout layout, String rootFile, @Nullable String clientAppId) {}

  /// The root that a folder is, or `null` after a problem or when it is none.
  @Nullable AppRoot find(AppTree folder) {
    // Faults in these files are reported by those who read them for what they say.
    AppFiles files = new AppFiles(folder, new Problems());
    JsonObject marker = marker(files);
    int markedVersion = marker == null ? 0 : version(marker);
    AppRoot root = markedVersion == 0 ? byRootFile(files) : byMarker(files, markedVersion);
    return root == null ? null : withAppId(root, marker);
  }

  /// Files that could have been the root, had they been readable.
  List<Problem> suspicions() {
    return suspicions.all();
  }

  private @Nullable JsonObject marker(AppFiles files) {
    return MARKERS.stream()
        .filter(files::exists)
        .findFirst()
        .map(files::json)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .orElse(null);
  }

  private static AppRoot withAppId(AppRoot root, @Nullable JsonObject marker) {
    return marker != null
            && marker.fields().get("client_app_id") instanceof JsonString id
            && !id.text().isEmpty()
        ? new AppRoot(root.layout(), root.rootFile(), id.text())
        : root;
  }

  private @Nullable AppRoot byMarker(AppFiles files, int version) {
    String marker = MARKERS.stream().filter(files::exists).findFirst().orElse("");
    Layout layout = layout(version, Place.of(marker).inside("config_version"));
    if (layout == null) {
      return null;
    }
    if (files.exists(layout.rootFile())) {
      return new AppRoot(layout, layout.rootFile(), null);
    }
    String other = CANDIDATES.stream().filter(files::exists).findFirst().orElse(null);
    if (other == null) {
      problems.error(
          Place.of(layout.rootFile()),
          "the file is missing, although " + marker + " says config_version " + version);
      return null;
    }
    return new AppRoot(layout, other, null);
  }

  private @Nullable AppRoot byRootFile(AppFiles files) {
    for (String candidate : CANDIDATES) {
      if (!files.exists(candidate)) {
        continue;
      }
      JsonNode content = files.json(candidate);
      if (content instanceof JsonObject object && version(object) != 0) {
        Layout layout = layout(version(object), place(object));
        return layout == null ? null : new AppRoot(layout, candidate, null);
      }
      if (candidate.equals(NEWEST_ROOT) || (content == null && !candidate.equals(SHARED_NAME))) {
        return new AppRoot(layoutNamed(candidate), candidate, null);
      }
      if (content == null) {
        new AppFiles(files.tree(), suspicions).json(candidate);
      }
    }
    return null;
  }

  /// A root file that cannot be read still says by its name which layout it is of.
  private static Layout layoutNamed(String rootFile) {
    return Arrays.stream(Layout.values())
        .filter(layout -> layout.rootFile().equals(rootFile))
        .findFirst()
        .orElseThrow();
  }

  private @Nullable Layout layout(int version, Place place) {
    Layout layout = Layout.ofVersion(version);
    if (layout == null) {
      problems.error(
          place, "found config_version " + version + "; allowed are " + Layout.allVersions());
    }
    return layout;
  }

  private static Place place(JsonObject content) {
    JsonNode version = content.fields().get("config_version");
    return version == null ? content.place() : version.place();
  }

  /// The `config_version`, 0 when there is none.
  private static int version(JsonObject content) {
    return content.fields().get("config_version") instanceof JsonNumber number
            && number.text().matches("\\d{1,9}")
        ? Integer.parseInt(number.text())
        : 0;
  }

  /// Warns of what another layout left behind, and reports reserved root files that are
  /// malformed.
  void reportLeftOvers(AppRoot root, AppFiles files) {
    for (String candidate : CANDIDATES) {
      if (!candidate.equals(root.rootFile())
          && files.exists(candidate)
          && files.json(candidate) instanceof JsonObject content
          && (version(content) != 0 || candidate.equals(NEWEST_ROOT))) {
        problems.warning(
            Place.of(candidate), "the file is not read: " + root.rootFile() + " is the root");
      }
    }
    for (String reserved : List.of("app_config.json", MARKERS.getFirst(), MARKERS.getLast())) {
      files.json(reserved);
    }
    String read = root.layout().endpointsFolder();
    String other = root.layout().otherEndpointsFolder();
    if (!root.layout().isFirstGeneration() && files.exists(read) && files.exists(other)) {
      problems.warning(Place.of(other), "the folder is not read: " + read + " is");
    }
  }
}
