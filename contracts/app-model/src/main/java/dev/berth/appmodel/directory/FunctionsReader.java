package dev.berth.appmodel.directory;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.json.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonDocument;

/// Reads `functions/`: one manifest and flat sources, or in the older layouts a folder for each
/// function.
final class FunctionsReader {

  private static final String FOLDER = "functions";
  private static final String MANIFEST = "functions/config.json";
  private static final String SOURCE = "/source.js";

  private final Reading reading;
  private final Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();

  FunctionsReader(Reading reading) {
    this.reading = reading;
  }

  Map<String, FunctionDefinition> read() {
    if (reading.layout().isFirstGeneration()) {
      readFolders();
    } else {
      readManifest();
    }
    return functions;
  }

  private void readManifest() {
    for (ObjectReader fields : reading.objects(MANIFEST)) {
      String name = fields.requiredText("name");
      if (name != null) {
        addConfigured(name, FOLDER + "/" + name + ".js", fields);
      }
    }
    for (String file : reading.files().filesBelow(FOLDER, ".js")) {
      String name = file.substring(FOLDER.length() + 1, file.length() - ".js".length());
      if (!places.containsKey(name)) {
        addUnconfigured(name, file, MANIFEST + " has no entry for it");
      }
    }
  }

  private void readFolders() {
    for (String source : reading.files().filesBelow(FOLDER, SOURCE.substring(1))) {
      String folder = source.substring(0, source.length() - SOURCE.length());
      if (folder.length() > FOLDER.length() && !reading.files().exists(folder + "/config.json")) {
        addUnconfigured(
            folder.substring(FOLDER.length() + 1), source, "there is no config.json beside it");
      }
    }
    for (String config : reading.files().filesBelow(FOLDER, "config.json")) {
      ObjectReader fields = config.equals(MANIFEST) ? null : reading.object(config);
      if (fields != null) {
        String folder = config.substring(0, config.length() - "/config.json".length());
        String name = fields.text("name");
        addConfigured(
            name == null ? folder.substring(FOLDER.length() + 1) : name, folder + SOURCE, fields);
      }
    }
  }

  private void addConfigured(String name, String sourceFile, ObjectReader fields) {
    Names.FUNCTION.check(name, fields.place("name"), reading);
    Place first = places.putIfAbsent(name, fields.place("name"));
    if (first != null) {
      fields.error(
          "name", "the function \"" + name + "\" is also defined in " + first.fileAndLine());
    }
    String source = reading.files().text(sourceFile);
    if (source == null && !reading.files().exists(sourceFile)) {
      fields.error("name", "the source of the function \"" + name + "\" is missing: " + sourceFile);
    }
    functions.put(
        name,
        new FunctionDefinition(
            name,
            sourceFile,
            source == null ? "" : source,
            fields.flag("private"),
            fields.expression("can_evaluate", ExpressionScope.REQUEST),
            !fields.flag("disable_arg_logs"),
            RunAsReader.ofFunction(fields)));
  }

  private void addUnconfigured(String name, String file, String why) {
    String source = reading.files().text(file);
    Names.FUNCTION.check(name, Place.of(file), reading);
    reading.warning(
        Place.of(file), why + "; it is a public function that runs as the user who calls it");
    functions.put(
        name,
        new FunctionDefinition(
            name,
            file,
            source == null ? "" : source,
            false,
            new BsonDocument(),
            true,
            new RunAs.Caller()));
  }
}
