package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The values of environments by name, each with what it is in each environment.
record EnvironmentValues() implements EntityPlace {

  private static final Map<String, String> FILES =
      Map.of(
          "none", "no-environment.json",
          "development", "development.json",
          "testing", "testing.json",
          "qa", "qa.json",
          "production", "production.json");

  private static final List<String> TAGS =
      List.of("none", "development", "testing", "qa", "production");

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    Set<String> names = new LinkedHashSet<>();
    TAGS.forEach(tag -> names.addAll(values(document, tag).members().keySet()));
    List<Fields> all = new ArrayList<>();
    for (String name : names) {
      Fields byTag = Fields.none();
      for (String tag : TAGS) {
        byTag = byTag.withOrWithout(tag, values(document, tag).get(name));
      }
      all.add(Fields.none().with("name", name).with("values", byTag));
    }
    return all;
  }

  private static Fields values(AppDocument document, String tag) {
    return document.content().fields("environments").fields(file(tag)).fields("values");
  }

  private static String file(String tag) {
    return String.valueOf(FILES.get(tag));
  }

  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    Fields environments = document.content().fields("environments");
    for (String tag : TAGS) {
      Map<String, Json> byName = new LinkedHashMap<>();
      for (Fields value : values) {
        Json inTag = value.fields("values").get(tag);
        if (inTag != null) {
          byName.put(String.valueOf(value.text("name")), inTag);
        }
      }
      Fields environment = environments.fields(file(tag));
      if (!byName.isEmpty() || !environment.isEmpty()) {
        environments = environments.with(file(tag), environment.with("values", new Fields(byName)));
      }
    }
    return document.with("environments", environments);
  }

  /// A value that is nothing in any environment would not be there at all.
  static Fields orEmpty(Fields value) {
    return value.fields("values").isEmpty()
        ? value.with("values", Fields.of("none", new Text("")))
        : value;
  }
}
