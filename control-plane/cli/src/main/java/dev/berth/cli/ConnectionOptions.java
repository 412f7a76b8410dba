package dev.berth.cli;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every command needs: where to go, as whom, and how to print what comes back.
final class ConnectionOptions {

  enum Output {
    TEXT,
    JSON
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "the profile to use (${DEFAULT-VALUE})")
  private String profileName = "default";

  @Option(
      names = {"--url", "--realm-url"},
      paramLabel = "URL",
      description = "the Berth to talk to, instead of the one of the profile")
  private @Nullable URI url;

  @Option(names = "--profiles", hidden = true, description = "the folder of the profiles")
  private @Nullable Path folder;

  @Option(
      names = {"--output", "-f", "--output-format"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (${DEFAULT-VALUE})")
  private Output output = Output.TEXT;

  @Option(
      names = {"-o", "--output-target"},
      paramLabel = "FILE",
      description = "where to write what would be printed")
  private @Nullable Path target;

  @Option(
      names = {"-y", "--yes"},
      description = "without being asked")
  private boolean yes;

  private @Nullable PrintWriter file;

  // Words of the original's command line about what Berth has not: another address for Atlas,
  // news of its use, and colours.

  @Option(names = "--atlas-url", hidden = true)
  void understandsAtlasUrl(String address) {}

  @Option(names = "--telemetry", hidden = true)
  void understandsTelemetry(String state) {}

  @Option(names = "--disable-colors", hidden = true)
  void understandsDisableColors(boolean disabled) {}

  ProfileStore profiles() {
    return folder == null ? ProfileStore.ofThisUser() : new ProfileStore(folder);
  }

  String profileName() {
    return profileName;
  }

  /// The profile, at the address that was asked for.
  Profile profile() {
    Profile kept = profiles().load(profileName);
    return url == null ? kept : kept.at(checkedUrl(url));
  }

  private static URI checkedUrl(URI url) {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new CommandFailure(
          "\"" + url + "\" is no address; expected one like http://localhost:8080");
    }
    return url;
  }

  /// Runs something with the Admin API.
  <T> T with(Function<AdminApi, T> work) {
    try (AdminApi api = new AdminApi(profile(), kept -> profiles().save(profileName, kept))) {
      return work.apply(api);
    }
  }

  PrintWriter out() {
    if (target == null) {
      return command.commandLine().getOut();
    }
    if (file == null) {
      try {
        file = new PrintWriter(Files.newBufferedWriter(target));
      } catch (IOException broken) {
        throw new CommandFailure(target + " cannot be written: " + broken.getMessage());
      }
    }
    return file;
  }

  /// Whether whoever runs the command has agreed, or does when asked.
  boolean agrees(String question) {
    return yes || Terminal.agrees(question);
  }

  /// Whether all questions are answered with yes.
  boolean isYes() {
    return yes;
  }

  boolean isJson() {
    return output == Output.JSON;
  }

  /// Prints a result: as JSON when that was asked for, and else one line.
  void print(String line, Json json) {
    out().print(isJson() ? JsonWriter.pretty(json) : line + System.lineSeparator());
    out().flush();
  }

  /// Prints objects as a table of some of their fields, or as JSON.
  void print(List<Fields> rows, List<String> columns) {
    if (isJson()) {
      out().print(JsonWriter.pretty(Json.Elements.of(rows)));
      out().flush();
      return;
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns);
    for (Fields row : rows) {
      cells.add(columns.stream().map(column -> cell(row.get(column))).toList());
    }
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        text.append(line.get(i));
        text.append(
            i + 1 < line.size() ? " ".repeat(width(cells, i) - line.get(i).length() + 2) : "");
      }
      out().println(text.toString().stripTrailing());
    }
    out().flush();
  }

  /// Writes files into a folder that has none of an app yet, and says so.
  int written(AppBundle bundle, Path folder) {
    requireNoApp(folder);
    int files = PullCommand.write(bundle, folder);
    print(files + " files are in " + folder, Fields.none().with("folder", folder.toString()));
    return 0;
  }

  static void requireNoApp(Path folder) {
    if (AppDirectory.read(folder) instanceof AppDirectory.Loaded) {
      throw new CommandFailure(folder + " holds an app already");
    }
  }

  private static int width(List<List<String>> cells, int column) {
    return cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String cell(@Nullable Json value) {
    return switch (value) {
      case null -> "";
      case Json.Text(var text) -> text;
      case Json other -> JsonWriter.compact(other);
    };
  }
}
