package dev.berth.cli;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.document.ImportDocument;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An app in a folder of this machine, without errors that can be seen here.
///
/// @param root the folder with the root file
/// @param secrets values that a `secrets.json` beside the root file brings along
record LocalApp(Path root, AppDocument document, Layout layout, Fields secrets) {

  private static final List<String> DEPENDENCIES =
      List.of(
          "node_modules.zip",
          "node_modules.tar",
          "node_modules.tar.gz",
          "node_modules.tgz",
          "package.json");

  /// Reads the app that a folder is, or lies in.
  static LocalApp read(Path folder) {
    Path root =
        switch (AppDirectory.read(folder)) {
          case AppDirectory.Loaded loaded -> loaded.root() == null ? folder : loaded.root();
          case AppDirectory.Rejected(var problems) -> throw refused(problems);
        };
    return switch (AppBundle.of(root)) {
      case AppBundle.Taken(var bundle) -> of(root, bundle, secrets(root.resolve("secrets.json")));
      case AppBundle.Refused(var problems) -> throw refused(problems);
    };
  }

  /// The app that some files are.
  ///
  /// @param secrets values to bring along
  static LocalApp of(Path root, AppBundle bundle, Fields secrets) {
    return switch (AppExport.document(bundle)) {
      case AppExport.Read(var document, var layout) ->
          new LocalApp(root, document, layout, secrets);
      case AppExport.Refused(var problems) -> throw refused(problems);
    };
  }

  private static CommandFailure refused(List<Problem> problems) {
    return new CommandFailure(
        problems.stream()
            .filter(Problem::isError)
            .map(Problem::toString)
            .collect(Collectors.joining("\n  ", "the app has errors:\n  ", "")));
  }

  private static Fields secrets(Path file) {
    if (!Files.isRegularFile(file)) {
      return Fields.none();
    }
    try {
      Json json = Json.of(LocatedJson.parse("secrets.json", Files.readString(file)));
      return json instanceof Fields fields ? fields : Fields.none();
    } catch (EjsonParseException malformed) {
      throw new CommandFailure("secrets.json:" + malformed.line() + ": malformed JSON");
    } catch (IOException broken) {
      throw new CommandFailure("secrets.json cannot be read: " + broken);
    }
  }

  String name() {
    String name = document.content().text("name");
    return name == null ? String.valueOf(root.getFileName()) : name;
  }

  /// The body of an import.
  byte[] importBody() {
    Layout sent =
        switch (layout) {
          case V20180301, V20200603, V20210101 -> Layout.V20210101;
          case V20230101 -> Layout.V20230101;
        };
    return ImportDocument.write(document, sent, secrets).getBytes(StandardCharsets.UTF_8);
  }

  /// The name of the file below `functions` that says which packages there are; `null` for none.
  @Nullable String dependencies() {
    return DEPENDENCIES.stream()
        .filter(name -> document.files().has("functions/" + name))
        .findFirst()
        .orElse(null);
  }

  byte[] content(String dependencies) {
    byte[] content = document.files().content("functions/" + dependencies);
    return content == null ? new byte[0] : content;
  }
}
