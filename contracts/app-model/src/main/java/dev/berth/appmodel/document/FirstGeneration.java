package dev.berth.appmodel.document;

import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Documents and files of 20180301 and 20200603: more in the root, and data sources among the
/// services.
final class FirstGeneration {

  private static final Set<String> DATA_SOURCES = Set.of("mongodb-atlas", "datalake", "mongodb");
  private static final List<String> OWN_PARTS =
      List.of("security", "custom_user_data_config", "auth_providers", "functions", "sync");

  private FirstGeneration() {}

  /// The content of an imported document.
  static Fields toDocument(Fields given) {
    Fields older = SecondGeneration.withoutNothing(given.without("config_version"));
    Fields content = withRoot(older.without(OWN_PARTS.toArray(String[]::new)), older);
    Fields providers = providers(older.objects("auth_providers"));
    if (!providers.isEmpty()) {
      content = content.with("auth", content.fields("auth").with("providers", providers));
    }
    if (older.get("functions") != null) {
      content = content.with("functions", functions(older.objects("functions")));
    }
    return withServices(content.without("services"), older.objects("services"));
  }

  /// What stands in the root and moved into parts of their own later.
  private static Fields withRoot(Fields content, Fields older) {
    Fields root = content;
    Json origins = older.fields("security").get("allowed_request_origins");
    root = origins == null ? root : root.with("allowed_request_origins", origins);
    if (older.get("custom_user_data_config") instanceof Fields userData) {
      root = root.with("auth", Fields.of("custom_user_data", userData));
    }
    if (older.get("sync") instanceof Fields sync) {
      root = root.with("sync", Fields.of("config", sync));
    }
    return root;
  }

  /// Providers by name, from a list of them.
  static Fields providers(List<Fields> given) {
    Map<String, Json> byName = new LinkedHashMap<>();
    Map<String, Integer> nextNumbers = new HashMap<>();
    for (Fields provider : given) {
      String wanted = nameOf(provider);
      String name = wanted;
      while (byName.containsKey(name)) {
        name = wanted + "-" + nextNumbers.merge(wanted, 2, (number, _) -> number + 1);
      }
      byName.put(name, provider);
    }
    return new Fields(byName);
  }

  /// A provider's name is its type when it says no other.
  static String nameOf(Fields provider) {
    String name = provider.text("name");
    String type = provider.text("type");
    return name != null && !name.isEmpty() ? name : type == null ? "provider" : type;
  }

  private static Fields functions(List<Fields> given) {
    List<Fields> configs = new ArrayList<>();
    Map<String, Json> sources = new LinkedHashMap<>();
    for (Fields function : given) {
      Fields config = function.fields("config");
      Json source = function.get("source");
      configs.add(config);
      if (source != null) {
        sources.put(config.text("name") + ".js", source);
      }
    }
    return Fields.of("config", Elements.of(configs)).with("sources", new Fields(sources));
  }

  private static Fields withServices(Fields content, List<Fields> given) {
    List<Fields> dataSources = new ArrayList<>();
    List<Fields> http = new ArrayList<>();
    List<Fields> others = new ArrayList<>();
    for (Fields service : Services.normal(given)) {
      String type = service.fields("config").text("type");
      String known = type == null ? "" : type.toLowerCase(Locale.ROOT);
      List<Fields> kind =
          DATA_SOURCES.contains(known) ? dataSources : known.equals("http") ? http : others;
      kind.add(service);
    }
    Fields all =
        dataSources.isEmpty() ? content : content.with("data_sources", Elements.of(dataSources));
    all = http.isEmpty() ? all : all.with("http_endpoints", Elements.of(http));
    return others.isEmpty() ? all : all.with("services", Elements.of(others));
  }

  /// Writes the files of a document.
  static void write(AppDocument document, Layout layout, DocumentFiles files) {
    Fields content = document.content();
    writeRoot(content, layout, files);
    files.common(content);
    Fields providers = content.fields("auth").fields("providers");
    for (Map.Entry<String, Json> provider : providers.members().entrySet()) {
      files.json(files.file("auth_providers", provider.getKey(), ".json"), provider.getValue());
    }
    writeFunctions(content.fields("functions"), files);
    Services.write(content.objects("data_sources"), "services", files);
    Services.write(content.objects("http_endpoints"), "services", files);
    Services.write(content.objects("services"), "services", files);
    files.jsonIfAny("data_api_config.json", content.get("data_api_config"));
    // There were no endpoints then; here they are kept where the next layout has them.
    List<Json> endpoints = content.fields("endpoints").elements("config");
    if (!endpoints.isEmpty()) {
      files.json("http_endpoints/config.json", new Elements(endpoints));
    }
  }

  private static void writeRoot(Fields content, Layout layout, DocumentFiles files) {
    Fields parts = content.without(AppDocument.PARTS.toArray(String[]::new));
    Fields root = parts.without("allowed_request_origins", "provider_region");
    String region = parts.text("provider_region");
    String location = parts.text("location");
    String older = location == null && region != null ? Regions.locationOf(region) : location;
    root = older == null ? root : root.with("location", older);
    root = older == null && region != null ? root.with("provider_region", region) : root;
    Json origins = parts.get("allowed_request_origins");
    root =
        SecondGeneration.ordered(SecondGeneration.versioned(root, layout))
            .with(
                "security",
                origins == null ? Fields.none() : Fields.of("allowed_request_origins", origins))
            .withOrWithout("hosting", content.get("hosting"))
            .withOrWithout(
                "custom_user_data_config", content.fields("auth").get("custom_user_data"))
            .withOrWithout("sync", content.fields("sync").get("config"));
    files.json(layout.rootFile(), root);
  }

  private static void writeFunctions(Fields functions, DocumentFiles files) {
    Map<String, Json> left = new LinkedHashMap<>(functions.fields("sources").members());
    for (Fields config : functions.objects("config")) {
      String name = String.valueOf(config.text("name"));
      files.json("functions/" + name + "/config.json", config);
      String source = functions.fields("sources").text(name + ".js");
      if (source != null) {
        files.source(name + "/source.js", source);
      }
      left.remove(name + ".js");
    }
    for (String path : left.keySet()) {
      String folder = path.endsWith(".js") ? path.substring(0, path.length() - 3) : path;
      files.source(folder + "/source.js", String.valueOf(functions.fields("sources").text(path)));
    }
  }

  /// Reads the content of files.
  static Fields read(BundleFiles files, String rootFile) {
    Fields root = files.objectOrNone(rootFile).without("config_version");
    Fields content =
        withRoot(
            root.without(OWN_PARTS.toArray(String[]::new)), SecondGeneration.withoutNothing(root));
    content = files.readCommon(content);
    Map<String, Json> providers = new LinkedHashMap<>();
    for (String file : files.jsonFiles("auth_providers")) {
      Fields provider = files.object(file);
      if (provider != null) {
        String name = file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
        providers.put(name, provider);
      }
    }
    if (!providers.isEmpty()) {
      content =
          content.with("auth", content.fields("auth").with("providers", new Fields(providers)));
    }
    content = content.with("functions", readFunctions(files));
    content = content.withOrWithout("data_api_config", readDataApi(files));
    Json routes = files.array("http_endpoints/config.json");
    content = routes == null ? content : content.with("endpoints", Fields.of("config", routes));
    List<Fields> services = new ArrayList<>(Services.read(files, "services"));
    services.addAll(Services.read(files, "http_endpoints"));
    return withServices(content, services);
  }

  private static @Nullable Fields readDataApi(BundleFiles files) {
    Fields config = files.object("data_api_config.json");
    return config == null ? files.object("http_endpoints/data_api_config.json") : config;
  }

  private static Fields readFunctions(BundleFiles files) {
    List<Fields> configs = new ArrayList<>();
    Map<String, Json> sources = new LinkedHashMap<>();
    for (String folder : files.functionFolders()) {
      Fields config = files.object("functions/" + folder + "/config.json");
      String source = files.text("functions/" + folder + "/source.js");
      String name = config == null ? null : config.text("name");
      String effective = name == null ? folder : name;
      if (config != null) {
        configs.add(BundleFiles.named(config, folder));
      }
      if (source != null) {
        sources.put(effective + ".js", new Json.Text(source));
      }
    }
    return Fields.of("config", Elements.of(configs)).with("sources", new Fields(sources));
  }
}
