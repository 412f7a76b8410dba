package dev.berth.appmodel.directory;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An app directory made of texts, in a temporary folder. JSON may use `'` for `"`.
record AppFolder(Path path) {

  /// A small app of the newest layout that loads without a problem.
  static AppFolder of20230101(Path path) {
    return new AppFolder(path)
        .with(".mdb/meta.json", "{'config_version': 20230101, 'client_app_id': 'shop-abcde'}")
        .with("root_config.json", "{'name': 'shop', 'deployment_model': 'LOCAL'}")
        .with("functions/config.json", "[{'name': 'hello', 'run_as_system': true}]")
        .with("functions/hello.js", "exports = () => 1;")
        .with(
            "data_sources/mongodb-atlas/config.json",
            "{'name': 'mongodb-atlas', 'type': 'mongodb-atlas'}");
  }

  AppFolder with(String file, String content) {
    String text = file.endsWith(".json") ? content.replace('\'', '"') : content;
    return withBytes(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  AppFolder withBytes(String file, byte[] content) {
    try {
      Path target = path.resolve(file);
      Files.createDirectories(target.getParent());
      Files.write(target, content);
      return this;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  AppDirectory.Loaded load() {
    return switch (AppDirectory.read(path)) {
      case AppDirectory.Loaded loaded -> loaded;
      case AppDirectory.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  AppDefinition definition() {
    return load().definition();
  }

  /// The text of every problem, errors and warnings alike.
  List<String> problems() {
    List<Problem> problems =
        switch (AppDirectory.read(path)) {
          case AppDirectory.Loaded loaded -> loaded.warnings();
          case AppDirectory.Rejected rejected -> rejected.problems();
        };
    return problems.stream().map(problem -> problem.severity() + " " + problem).toList();
  }
}
