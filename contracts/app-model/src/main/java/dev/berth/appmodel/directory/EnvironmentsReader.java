package dev.berth.appmodel.directory;

import dev.berth.appmodel.Environment;
import dev.berth.appmodel.json.Place;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;

/// Reads `environments/<tag>.json`. An environment without a file has no values.
final class EnvironmentsReader {

  private static final String FOLDER = "environments";
  private static final String UNTAGGED = "no-environment";
  private static final List<String> FILE_NAMES =
      List.of(UNTAGGED, "development", "testing", "qa", "production");

  private final Reading reading;

  EnvironmentsReader(Reading reading) {
    this.reading = reading;
  }

  /// All five environments, by tag.
  Map<String, Environment> read() {
    Map<String, Environment> environments = new LinkedHashMap<>();
    for (String name : FILE_NAMES) {
      String tag = name.equals(UNTAGGED) ? "" : name;
      environments.put(tag, new Environment(tag, values(FOLDER + "/" + name + ".json")));
    }
    warnOfOthers();
    return environments;
  }

  private Map<String, BsonValue> values(String file) {
    Map<String, BsonValue> values = new HashMap<>();
    ObjectReader environment = reading.object(file);
    if (environment != null) {
      values.putAll(environment.document("values"));
    }
    return values;
  }

  private void warnOfOthers() {
    for (String file : reading.files().jsonFiles(FOLDER)) {
      String name = file.substring(FOLDER.length() + 1, file.length() - ".json".length());
      if (!FILE_NAMES.contains(name)) {
        reading.warning(
            Place.of(file),
            "the file is not read; environments are " + String.join(", ", FILE_NAMES));
      }
    }
  }
}
