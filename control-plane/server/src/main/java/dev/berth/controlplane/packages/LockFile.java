package dev.berth.controlplane.packages;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonBoolean;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.appmodel.json.Place;
import dev.berth.ejson.EjsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a `package-lock.json`, or what npm says it has installed, may name: packages in
/// `node_modules` that come from the web. npm would follow any path and any protocol.
final class LockFile {

  private final List<Problem> problems = new ArrayList<>();

  private final WebOrigins origins;

  private LockFile(WebOrigins origins) {
    this.origins = origins;
  }

  /// Reads the text of a lock file of any version.
  ///
  /// @param file as messages name it
  /// @param origins of packages
  /// @return what npm may not be given; empty when all is well
  static List<Problem> problems(String file, String text, WebOrigins origins) {
    LockFile lock = new LockFile(origins);
    try {
      JsonNode content = LocatedJson.parse(file, text);
      if (content instanceof JsonObject object) {
        lock.checkPackages(object.fields().get("packages"));
        lock.checkDependencies(object.fields().get("dependencies"));
      } else {
        lock.error(content.place(), "expected an object, found " + content.kind());
      }
    } catch (EjsonParseException malformed) {
      lock.error(
          Place.of(file).onLine(malformed.line()),
          "malformed JSON at column " + malformed.column() + ": " + malformed.getMessage());
    }
    return List.copyOf(lock.problems);
  }

  /// Of versions 2 and 3: every package by its folder, the app itself by the empty one.
  private void checkPackages(@Nullable JsonNode packages) {
    fieldsOf(packages)
        .forEach(
            (folder, found) -> {
              if (!folder.isEmpty() && !PackageName.isFolder(folder)) {
                error(
                    found.place(),
                    RefusedPackagesException.quoted(folder)
                        + " is no folder of a package in node_modules");
              }
              checkOrigin(found);
            });
  }

  /// Of version 1, and kept beside the packages by version 2: nested by name.
  private void checkDependencies(@Nullable JsonNode dependencies) {
    fieldsOf(dependencies)
        .forEach(
            (name, found) -> {
              if (!PackageName.isOne(name)) {
                error(
                    found.place(),
                    RefusedPackagesException.quoted(name) + " cannot be the name of a package");
              }
              checkOrigin(found);
              checkVersion(found);
              checkDependencies(fieldsOf(found).get("dependencies"));
            });
  }

  private void checkOrigin(JsonNode found) {
    JsonNode resolved = fieldsOf(found).get("resolved");
    if (resolved instanceof JsonString origin) {
      if (!isWeb(origin.text())) {
        error(
            origin.place(),
            "a package is to come from "
                + RefusedPackagesException.quoted(origin.text())
                + "; allowed is https://");
      } else if (!origins.allow(origin.text())) {
        error(origin.place(), RefusedPackagesException.unreachable(origin.text()));
      }
    }
    if (fieldsOf(found).get("link") instanceof JsonBoolean link && link.isTrue()) {
      error(link.place(), "a package is a link to a folder; allowed are packages from https://");
    }
  }

  /// Where the oldest lock files say where a package comes from that the registry does not have.
  private void checkVersion(JsonNode found) {
    if (fieldsOf(found).get("version") instanceof JsonString version
        && version.text().matches("(?s).*[:/\\\\].*")
        && !version.text().startsWith("npm:")
        && !isWeb(version.text())) {
      error(
          version.place(),
          "a package is to come from "
              + RefusedPackagesException.quoted(version.text())
              + "; allowed are versions and https://");
    } else if (fieldsOf(found).get("version") instanceof JsonString version
        && isWeb(version.text())
        && !origins.allow(version.text())) {
      error(version.place(), RefusedPackagesException.unreachable(version.text()));
    }
  }

  private static boolean isWeb(String origin) {
    return origin.startsWith("https://") || origin.startsWith("http://");
  }

  private static Map<String, JsonNode> fieldsOf(@Nullable JsonNode node) {
    return node instanceof JsonObject object ? object.fields() : Map.of();
  }

  private void error(Place place, String message) {
    problems.add(Problem.error(place.file(), place.pointer(), place.line(), message));
  }
}
