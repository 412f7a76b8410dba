package dev.berth.appmodel.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Takes the files of an app out of a folder in which much else may lie. A link is followed when
/// it leads to a file inside the folder, and is a problem otherwise.
final class BundleFolder {

  private static final Set<String> FILES =
      Set.of(
          ".mdb/meta.json",
          ".mdb/app_meta.json",
          "root_config.json",
          "realm_config.json",
          "config.json",
          "stitch.json",
          "app_config.json",
          "data_api_config.json");

  private static final Set<String> FOLDERS =
      Set.of(
          "auth",
          "auth_providers",
          "data_sources",
          "environments",
          "functions",
          "graphql",
          "hosting",
          "http_endpoints",
          "https_endpoints",
          "log_forwarders",
          "services",
          "sync",
          "triggers",
          "values");

  private static final String MODULES = "node_modules";

  /// Where a file may be called anything.
  private static final String WEB_SITE = "hosting/files/";

  private final Path root;
  private final BundleCollector collector = new BundleCollector();

  BundleFolder(Path root) {
    this.root = root;
  }

  /// Whether a file of that path is one of an app.
  static boolean belongs(String path) {
    int slash = path.indexOf('/');
    return FILES.contains(path)
        || (slash > 0 && FOLDERS.contains(path.substring(0, slash)) && !isHidden(path));
  }

  private static boolean isHidden(String path) {
    if (path.startsWith(WEB_SITE)) {
      return false;
    }
    for (String part : path.split("/", -1)) {
      if (part.equals(MODULES) || part.startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  AppBundle.Result take() {
    try {
      Path folder = root.toRealPath();
      for (String file : FILES.stream().sorted().toList()) {
        if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
          addFile(folder, file);
        }
      }
      for (String name : FOLDERS.stream().sorted().toList()) {
        if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
          addFolder(folder, name, 0);
        }
      }
      return collector.finish();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read the app in " + root, broken);
    }
  }

  private void addFolder(Path folder, String path, int depth) throws IOException {
    Path place = folder.resolve(path);
    if (Files.isSymbolicLink(place)) {
      collector.error(path, "a link to a folder is not followed");
    } else if (depth > BundleLimits.DEPTH) {
      collector.error(path, "there are more than " + BundleLimits.DEPTH + " folders in each other");
    } else if (Files.isDirectory(place)) {
      for (String name : names(place, path)) {
        add(folder, path + "/" + name, depth);
      }
    }
  }

  private List<String> names(Path place, String path) throws IOException {
    try (Stream<Path> entries = Files.list(place)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (AccessDeniedException denied) {
      collector.error(path, "the folder may not be read: permission denied");
      return List.of();
    }
  }

  private void add(Path folder, String path, int depth) throws IOException {
    if (!belongs(path)) {
      return;
    }
    if (Files.isDirectory(folder.resolve(path))) {
      addFolder(folder, path, depth + 1);
    } else {
      addFile(folder, path);
    }
  }

  private void addFile(Path folder, String path) throws IOException {
    Path real;
    try {
      real = folder.resolve(path).toRealPath();
    } catch (AccessDeniedException denied) {
      collector.error(path, "may not be read: permission denied");
      return;
    } catch (IOException broken) {
      collector.error(path, "the link leads nowhere");
      return;
    }
    if (!real.startsWith(folder)) {
      collector.error(path, "the link leads out of the app folder; it is not followed");
    } else if (!Files.isRegularFile(real)) {
      collector.error(path, "expected a file, found a folder or something else");
    } else {
      addContent(real, path);
    }
  }

  private void addContent(Path file, String path) throws IOException {
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      collector.add(path, content.readNBytes(BundleLimits.FILE_BYTES + 1));
    } catch (AccessDeniedException denied) {
      collector.error(path, "the file may not be read: permission denied");
    }
  }
}
