package dev.berth.appmodel.directory;

import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.json.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Reads `values/<name>.json`.
final class ValuesReader {

  private final Reading reading;

  ValuesReader(Reading reading) {
    this.reading = reading;
  }

  Map<String, AppValue> read() {
    Map<String, AppValue> values = new LinkedHashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    for (String file : reading.files().jsonFiles("values")) {
      ObjectReader fields = reading.object(file);
      AppValue value = fields == null ? null : value(fields);
      if (fields != null && value != null) {
        Place first = places.putIfAbsent(value.name(), fields.place("name"));
        if (first != null) {
          fields.error(
              "name",
              "the value \"" + value.name() + "\" is also defined in " + first.fileAndLine());
        }
        values.put(value.name(), value);
      }
    }
    return values;
  }

  private @Nullable AppValue value(ObjectReader fields) {
    String name = fields.requiredText("name");
    if (name == null) {
      return null;
    }
    Names.VALUE.check(name, fields.place("name"), reading);
    if (fields.flag("from_secret")) {
      String secret = fields.requiredText("value");
      if (secret == null) {
        return null;
      }
      reading.references().secret(fields.place("value"), secret);
      return new AppValue.FromSecret(name, secret);
    }
    BsonValue value = fields.bson("value");
    if (value == null) {
      fields.error("value", "\"value\" is required and missing");
      return null;
    }
    return new AppValue.Plain(name, value);
  }
}
