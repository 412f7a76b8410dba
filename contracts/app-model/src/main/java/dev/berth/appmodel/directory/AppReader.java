package dev.berth.appmodel.directory;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.IncomingWebhook;
import dev.berth.appmodel.LegacyService;
import dev.berth.appmodel.directory.RootFinder.AppRoot;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.appmodel.json.JsonNode.Span;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads every file of an app whose root is known: first what templates stand for, then the rest,
/// then whether what they name exists.
final class AppReader {

  private final AppRoot root;
  private final String folder;
  private final AppFiles files;
  private final Problems problems;
  private final References references;

  /// @param folder what the folder of the app is called
  AppReader(AppRoot root, String folder, AppFiles files, Problems problems, References references) {
    this.root = root;
    this.folder = folder;
    this.files = files;
    this.problems = problems;
    this.references = references;
  }

  AppDefinition read() {
    Reading plain = new Reading(files, root.layout(), problems, Templates.none(), references);
    JsonNode rootFile = rootFile();
    String tag = new RootReader(plain, ObjectReader.of(rootFile, plain)).environmentTag();
    Map<String, Environment> environments = new EnvironmentsReader(plain).read();
    Environment environment = Objects.requireNonNull(environments.get(tag));
    Map<String, AppValue> values = new ValuesReader(plain).read();

    Reading reading = plain.with(Templates.of(environment, values));
    return read(reading, ObjectReader.of(rootFile, reading), environments, environment, values);
  }

  /// One that cannot be read is a problem already; an object in its place spares the others.
  private JsonNode rootFile() {
    JsonNode content = files.json(root.rootFile());
    if (content instanceof JsonObject) {
      return content;
    }
    Place place = Place.of(root.rootFile());
    if (content != null) {
      problems.error(content.place(), "expected an object, found " + content.kind());
    }
    Span nothing = new Span("", 0, 0);
    return new JsonObject(
        place, nothing, Map.of("name", new JsonString(place, nothing, "unreadable")));
  }

  private AppDefinition read(
      Reading reading,
      ObjectReader fields,
      Map<String, Environment> environments,
      Environment environment,
      Map<String, AppValue> values) {
    RootReader rootReader = new RootReader(reading, fields);
    String endpointsFolder = endpointsFolder();
    WebhooksReader webhooksReader = new WebhooksReader(reading);
    List<LegacyService> services = services(reading, endpointsFolder, webhooksReader);
    List<IncomingWebhook> webhooks =
        services.stream().flatMap(service -> service.webhooks().stream()).toList();
    Map<String, FunctionDefinition> functions =
        new LinkedHashMap<>(new FunctionsReader(reading).read());
    functions.putAll(webhooksReader.functions());
    List<DataSource> dataSources = new DataSourcesReader(reading).read();
    List<Endpoint> endpoints = new EndpointsReader(reading, endpointsFolder).read(webhooks);
    DataApiReader dataApiReader = new DataApiReader(reading, endpointsFolder);
    DataApi dataApi = dataApiReader.read();
    dataApiReader.checkRoutes(dataApi, endpoints, endpointsFolder + "/config.json");
    AppDefinition definition =
        new AppDefinition(
            rootReader.name(folder),
            rootReader.declaredId(root.clientAppId()),
            rootReader.deploymentModel(),
            rootReader.providerRegion(),
            environment,
            endpoints,
            functions,
            values,
            dataSources,
            environments,
            rootReader.allowedRequestOrigins(),
            new AuthProvidersReader(reading).read(),
            new CustomUserDataReader(reading).read(fields),
            dataApi,
            services,
            new TriggersReader(reading).read(),
            new LogForwardersReader(reading).read(),
            new HostingReader(reading).read(fields),
            new KeptReader(reading).read(fields));
    references.check(functions.keySet(), names(dataSources), problems);
    return definition;
  }

  private String endpointsFolder() {
    String expected = root.layout().endpointsFolder();
    String other = root.layout().otherEndpointsFolder();
    return !files.exists(expected) && files.exists(other) ? other : expected;
  }

  private static List<LegacyService> services(
      Reading reading, String endpointsFolder, WebhooksReader webhooks) {
    ServicesReader reader = new ServicesReader(reading, webhooks);
    List<LegacyService> services = new ArrayList<>(reader.read("services"));
    services.addAll(reader.read(endpointsFolder));
    return services;
  }

  private static Set<String> names(List<DataSource> dataSources) {
    return dataSources.stream().map(DataSource::name).collect(Collectors.toSet());
  }
}
