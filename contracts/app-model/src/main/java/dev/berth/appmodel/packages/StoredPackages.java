package dev.berth.appmodel.packages;

import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The files of one entry of the store. The entry is opened when the first file is asked for, and
/// closed by the JVM once nobody holds this object any more. Safe from any thread.
public final class StoredPackages {

  private static final Pattern MANIFEST = Pattern.compile("(@[^/]+/)?[^/@][^/]*/package\\.json");

  private final Path zip;
  private volatile @Nullable ZipFile opened;

  StoredPackages(Path zip) {
    this.zip = zip;
  }

  /// The text of a file without its byte order mark, or `null` when there is no such file.
  /// Blocks.
  ///
  /// @param path relative to `node_modules`, with `/`
  /// @throws UncheckedIOException when the entry is gone or broken
  public @Nullable String text(String path) {
    try {
      ZipFile files = opened();
      ZipEntry entry = files.getEntry(path);
      if (entry == null) {
        return null;
      }
      try (InputStream content = files.getInputStream(entry)) {
        String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the packages of an app: " + e.getMessage(), e);
    }
  }

  /// Whether there is a file of that path. Blocks.
  ///
  /// @param path relative to `node_modules`, with `/`
  /// @throws UncheckedIOException when the entry is gone or broken
  public boolean isFile(String path) {
    try {
      return opened().getEntry(path) != null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the packages of an app: " + e.getMessage(), e);
    }
  }

  /// The packages at the top, by name with their versions; empty where a package says none.
  /// Blocks.
  ///
  /// @throws UncheckedIOException when the entry is gone or broken
  public SortedMap<String, String> installed() {
    SortedMap<String, String> versions = new TreeMap<>();
    try {
      List<String> manifests =
          opened().stream()
              .map(ZipEntry::getName)
              .filter(name -> MANIFEST.matcher(name).matches())
              .toList();
      for (String manifest : manifests) {
        String name = manifest.substring(0, manifest.lastIndexOf('/'));
        versions.put(name, version(manifest, String.valueOf(text(manifest))));
      }
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the packages of an app: " + e.getMessage(), e);
    }
  }

  private static String version(String file, String text) {
    try {
      return LocatedJson.parse(file, text) instanceof JsonObject manifest
              && manifest.fields().get("version") instanceof JsonString version
          ? version.text()
          : "";
    } catch (EjsonParseException malformed) {
      return "";
    }
  }

  private ZipFile opened() throws IOException {
    ZipFile already = opened;
    return already != null ? already : open();
  }

  private synchronized ZipFile open() throws IOException {
    ZipFile already = opened;
    if (already == null) {
      already = new ZipFile(zip.toFile());
      opened = already;
    }
    return already;
  }
}
