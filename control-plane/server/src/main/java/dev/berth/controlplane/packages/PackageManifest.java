package dev.berth.controlplane.packages;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonArray;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.appmodel.json.Place;
import dev.berth.ejson.EjsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a `package.json` asks for, as far as npm may be given it: packages of the registry and
/// archives on the web, and nothing that lies on this machine or that another program fetches.
final class PackageManifest {

  /// npm reads all of them, whichever it installs.
  private static final List<String> GROUPS =
      List.of("dependencies", "optionalDependencies", "peerDependencies", "devDependencies");

  private static final List<String> INSTALLED =
      List.of("dependencies", "optionalDependencies", "peerDependencies");

  /// A version, range or tag: whatever npm would take for a path or a URL is spelt otherwise.
  private static final Pattern OF_THE_REGISTRY =
      Pattern.compile("(?![.])(npm:(@[^@/\\\\:]+/)?)?[^/\\\\:]*(?<![.]tgz|[.]tar|[.]tar[.]gz)");

  private static final Pattern WEB_ARCHIVE = Pattern.compile("https://.*", Pattern.DOTALL);

  private final List<Problem> problems = new ArrayList<>();
  private final WebOrigins origins;
  private boolean asksForPackages;

  private PackageManifest(WebOrigins origins) {
    this.origins = origins;
  }

  /// Reads the text of a `package.json`.
  ///
  /// @param file as messages name it
  /// @param origins of archives on the web
  static PackageManifest read(String file, String text, WebOrigins origins) {
    PackageManifest manifest = new PackageManifest(origins);
    try {
      JsonNode content = LocatedJson.parse(file, text);
      if (content instanceof JsonObject object) {
        manifest.read(object);
      } else {
        manifest.error(content.place(), "expected an object, found " + content.kind());
      }
    } catch (EjsonParseException malformed) {
      manifest.error(
          Place.of(file).onLine(malformed.line()),
          "malformed JSON at column " + malformed.column() + ": " + malformed.getMessage());
    }
    return manifest;
  }

  /// What npm may not be given; empty when all is well.
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// Whether there is anything to install.
  boolean asksForPackages() {
    return asksForPackages;
  }

  private void read(JsonObject content) {
    for (String group : GROUPS) {
      JsonNode packages = content.fields().get(group);
      if (packages instanceof JsonObject byName) {
        asksForPackages |= INSTALLED.contains(group) && !byName.fields().isEmpty();
        byName.fields().forEach(this::check);
      } else if (packages != null) {
        error(packages.place(), "expected an object, found " + packages.kind());
      }
    }
    JsonNode workspaces = content.fields().get("workspaces");
    if (workspaces != null) {
      error(workspaces.place(), "workspaces are not supported: they lie outside of the app");
    }
    JsonNode overrides = content.fields().get("overrides");
    if (overrides != null) {
      checkOverrides(overrides);
    }
  }

  private void check(String name, JsonNode spec) {
    if (!PackageName.isOne(name)) {
      error(
          spec.place(), RefusedPackagesException.quoted(name) + " cannot be the name of a package");
    }
    if (spec instanceof JsonString string) {
      checkSpec(name, string);
    } else {
      error(spec.place(), "expected a string, found " + spec.kind());
    }
  }

  private void checkSpec(String name, JsonString spec) {
    String text = spec.text().strip();
    if (!OF_THE_REGISTRY.matcher(text).matches() && !WEB_ARCHIVE.matcher(text).matches()) {
      error(
          spec.place(),
          RefusedPackagesException.quoted(name)
              + " is to come from "
              + RefusedPackagesException.quoted(text)
              + "; allowed are versions, ranges and tags of the npm registry, npm:NAME@VERSION"
              + " and https://");
    } else if (WEB_ARCHIVE.matcher(text).matches() && !origins.allow(text)) {
      error(spec.place(), RefusedPackagesException.unreachable(text));
    }
  }

  /// Versions that other packages get, by name and nested.
  private void checkOverrides(JsonNode overrides) {
    switch (overrides) {
      case JsonObject object -> object.fields().forEach(this::checkOverride);
      case JsonArray array -> array.elements().forEach(this::checkOverrides);
      case JsonNode other -> error(other.place(), "expected an object, found " + other.kind());
    }
  }

  private void checkOverride(String name, JsonNode value) {
    if (value instanceof JsonString spec) {
      // `$name` stands for what the package itself asks for.
      checkSpec(name, spec);
    } else {
      checkOverrides(value);
    }
  }

  private void error(Place place, String message) {
    problems.add(Problem.error(place.file(), place.pointer(), place.line(), message));
  }
}
