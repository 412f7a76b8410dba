package dev.berth.appmodel.directory;

import dev.berth.appmodel.CollectionDefinition;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DataSource.ReadPreference;
import dev.berth.appmodel.RuleSet;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `data_sources/`, in older layouts the MongoDB services of `services/`.
final class DataSourcesReader {

  private static final Choices<String> TYPES =
      Choices.ofTexts("mongodb-atlas", "datalake", "mongodb");

  private static final Choices<ReadPreference> READ_PREFERENCES = readPreferences();

  private final Reading reading;
  private final Map<String, Place> places = new LinkedHashMap<>();

  DataSourcesReader(Reading reading) {
    this.reading = reading;
  }

  private static Choices<ReadPreference> readPreferences() {
    Map<String, ReadPreference> bySpelling = new LinkedHashMap<>();
    Arrays.stream(ReadPreference.values())
        .forEach(preference -> bySpelling.put(preference.spelling(), preference));
    return new Choices<>(bySpelling);
  }

  /// Whether a service of the older layouts is a data source.
  static boolean isDataSource(String serviceType) {
    return TYPES.find(serviceType) != null;
  }

  List<DataSource> read() {
    boolean isFirstGeneration = reading.layout().isFirstGeneration();
    String parent = isFirstGeneration ? "services" : "data_sources";
    List<DataSource> dataSources = new ArrayList<>();
    for (String name : reading.files().folders(parent)) {
      String folder = parent + "/" + name;
      DataSource dataSource =
          isFirstGeneration ? readService(folder, name) : readFolder(folder, name);
      if (dataSource != null) {
        dataSources.add(dataSource);
      }
    }
    return dataSources;
  }

  private @Nullable DataSource readFolder(String folder, String name) {
    String file = folder + "/config.json";
    if (!reading.files().exists(file)) {
      reading.error(Place.of(file), "the file is missing; every data source has one");
      return null;
    }
    ObjectReader fields = reading.object(file);
    return fields == null
        ? null
        : dataSource(fields, folder, name, new CollectionsReader(reading).readFolders(folder));
  }

  /// Services of other types, and those without a readable file, belong to the services' reader.
  private @Nullable DataSource readService(String folder, String name) {
    ObjectReader fields = ServicesReader.dataSourceConfig(reading, folder);
    return fields == null
        ? null
        : dataSource(
            fields, folder, name, new CollectionsReader(reading).readFiles(folder + "/rules"));
  }

  private DataSource dataSource(
      ObjectReader fields,
      String folder,
      String folderName,
      List<CollectionDefinition> collections) {
    String name = fields.text("name");
    String effectiveName = name == null ? folderName : name;
    Names.SERVICE.check(effectiveName, fields.place("name"), reading);
    Place first = places.putIfAbsent(effectiveName, fields.place("name"));
    if (first != null) {
      fields.error(
          "name",
          "the data source \"" + effectiveName + "\" is also defined in " + first.fileAndLine());
    }
    String type = fields.requiredChoice("type", TYPES);
    ObjectReader config = fields.object("config");
    return new DataSource(
        effectiveName,
        type == null ? "mongodb-atlas" : type,
        config.text("clusterName"),
        config.choice("readPreference", READ_PREFERENCES, ReadPreference.PRIMARY),
        fields.document("config"),
        defaultRule(folder),
        collections);
  }

  private @Nullable RuleSet defaultRule(String folder) {
    ObjectReader fields = reading.object(folder + "/default_rule.json");
    return fields == null ? null : new RulesReader(reading).read(fields);
  }
}
