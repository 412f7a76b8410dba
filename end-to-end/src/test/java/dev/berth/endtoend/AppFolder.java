package dev.berth.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// An app directory that a test writes.
final class AppFolder {

  /// Stands in files of an app for the database that it is given.
  private static final String PLACEHOLDER = "DATABASE";

  private final Path root;
  private final String database;
  private final StringBuilder endpoints = new StringBuilder();
  private final StringBuilder functions = new StringBuilder();

  private AppFolder(Path root, String database) {
    this.root = root;
    this.database = database;
  }

  /// A new app without an App ID of its own.
  static AppFolder in(Path parent, String name) {
    return written(new AppFolder(parent.resolve(name), PLACEHOLDER), name);
  }

  /// The same, in whose files `DATABASE` means the database on a server.
  static AppFolder in(Path parent, String name, DataServer data) {
    return written(new AppFolder(parent.resolve(name), data.database()), name);
  }

  /// A copy of an app whose files say `DATABASE`, under an App ID that nobody else has on the
  /// server.
  static AppFolder copyOf(Path original, Path parent, DataServer data) {
    String name = String.valueOf(original.getFileName());
    AppFolder app = new AppFolder(parent.resolve(name), data.database());
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        app.write(original.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return app.write(".mdb/meta.json", "{\"client_app_id\": \"" + data.appId(name) + "\"}");
  }

  private static AppFolder written(AppFolder app, String name) {
    app.write("root_config.json", "{\"name\": \"" + name + "\"}");
    app.write(
        "data_sources/mongodb-atlas/config.json",
        "{\"name\": \"mongodb-atlas\", \"type\": \"mongodb-atlas\", \"config\": {}}");
    return app;
  }

  /// Adds a function that runs as the system user and an endpoint for any method with its name as
  /// route.
  AppFolder endpoint(String name, String source) {
    write("functions/" + name + ".js", source);
    functions
        .append(functions.isEmpty() ? "" : ",")
        .append("{\"name\": \"" + name + "\", \"run_as_system\": true}");
    endpoints
        .append(endpoints.isEmpty() ? "" : ",")
        .append("{\"route\": \"/" + name + "\", \"http_method\": \"*\", \"function_name\": \"")
        .append(name)
        .append("\", \"respond_result\": true, \"return_type\": \"JSON\"}");
    write("functions/config.json", "[" + functions + "]");
    write("https_endpoints/config.json", "[" + endpoints + "]");
    return this;
  }

  AppFolder write(String file, String content) {
    try {
      Path path = root.resolve(file.replace(PLACEHOLDER, database));
      Files.createDirectories(path.getParent());
      Files.writeString(path, content.replace(PLACEHOLDER, database));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return root;
  }
}
