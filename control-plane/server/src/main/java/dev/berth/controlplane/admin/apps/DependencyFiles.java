package dev.berth.controlplane.admin.apps;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.controlplane.admin.http.Multipart;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.refusal.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files among those of an app that say which packages it brings. One at a time counts.
final class DependencyFiles {

  static final String MANIFEST = "package.json";

  private static final String FOLDER = "functions/";
  private static final List<String> ARCHIVES =
      List.of("node_modules.zip", "node_modules.tar", "node_modules.tar.gz", "node_modules.tgz");

  private DependencyFiles() {}

  static boolean isOne(String path) {
    String name = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : "";
    return name.equals(MANIFEST) || name.equals("package-lock.json") || ARCHIVES.contains(name);
  }

  /// The files of an app with other packages.
  static AppBundle replaced(AppBundle files, Multipart.Part upload) {
    String name = upload.fileName();
    if (name == null || !(name.equals(MANIFEST) || ARCHIVES.contains(name))) {
      throw Refusal.invalid(
          "the file must be called %s or one of %s".formatted(MANIFEST, ARCHIVES));
    }
    return AppWorkspace.taken(
        files
            .without(DependencyFiles::isOne)
            .with(Map.of(FOLDER + name, upload.content().getBytes())));
  }

  /// The name of the file that counts; `null` when the app brings no packages.
  static @Nullable String name(AppBundle files, boolean archiveFirst) {
    String archive =
        ARCHIVES.stream().filter(name -> files.has(FOLDER + name)).findFirst().orElse(null);
    boolean hasManifest = files.has(FOLDER + MANIFEST);
    return archive == null || (hasManifest && !archiveFirst)
        ? (hasManifest ? MANIFEST : null)
        : archive;
  }

  static byte @Nullable [] content(AppBundle files, String name) {
    return files.content(FOLDER + name);
  }
}
