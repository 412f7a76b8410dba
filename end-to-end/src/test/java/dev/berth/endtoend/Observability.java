package dev.berth.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The files that operators watch Berth with.
final class Observability {

  static final Path FOLDER = Path.of("..", "deploy", "observability");

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:berth|jvm|process|system)_[a-z_]+\\b");

  private Observability() {}

  /// The metrics that alert rules and dashboards ask for.
  static Set<String> metricsNamed() {
    Set<String> names = new TreeSet<>();
    Stream.concat(Stream.of(FOLDER.resolve("alerts.yml")), dashboards().stream())
        .forEach(
            file -> {
              Matcher metric = METRIC.matcher(read(file));
              while (metric.find()) {
                names.add(metric.group());
              }
            });
    return names;
  }

  static List<Path> dashboards() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("grafana"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Map<String, Object>> alerts() {
    Map<String, List<Map<String, List<Map<String, Object>>>>> file =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(read(FOLDER.resolve("alerts.yml")));
    return Objects.requireNonNull(file.get("groups")).stream()
        .flatMap(group -> Objects.requireNonNull(group.get("rules")).stream())
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
