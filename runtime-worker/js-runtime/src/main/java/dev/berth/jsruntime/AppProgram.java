package dev.berth.jsruntime;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.LegacyService;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.invocation.Invocation;
import dev.berth.jsruntime.packages.PackageFiles;
import dev.berth.jsruntime.wire.WireWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.graalvm.polyglot.Source;

/// One revision of an app, prepared to run: what every context of it is made from.
///
/// Two programs are equal only when they are the same object: it is a key on the way of every
/// call.
public final class AppProgram {

  /// As JavaScript prints a date.
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final AppId appId;
  private final Revision revision;
  private final List<FunctionFile> functions;
  private final Set<String> names;

  /// What the contexts know of their app, for the prelude's `install`; holds values of secrets,
  /// so it is never printed.
  private final String text;

  private final PackageModules modules;

  /// Made when a function is first called with rights of its own by another one.
  private final ConcurrentMap<String, Source> bound = new ConcurrentHashMap<>();

  private AppProgram(
      AppId appId,
      Revision revision,
      List<FunctionFile> functions,
      Set<String> names,
      String text,
      PackageModules modules) {
    this.appId = appId;
    this.revision = revision;
    this.functions = List.copyOf(functions);
    this.names = Set.copyOf(names);
    this.text = text;
    this.modules = modules;
  }

  /// Prepares a revision without packages. Runs and parses nothing.
  public static AppProgram of(
      AppId appId, Revision revision, AppDefinition definition, Secrets secrets) {
    return of(appId, revision, definition, secrets, PackageFiles.none());
  }

  /// Prepares a revision that nobody deployed. Runs and parses nothing.
  public static AppProgram of(
      AppId appId,
      Revision revision,
      AppDefinition definition,
      Secrets secrets,
      PackageFiles packages) {
    return of(appId, revision, Instant.EPOCH, definition, secrets, packages);
  }

  /// Prepares a revision. Runs and parses nothing.
  ///
  /// @param deployedAt when it was deployed for the first time
  /// @param packages what its functions may require
  public static AppProgram of(
      AppId appId,
      Revision revision,
      Instant deployedAt,
      AppDefinition definition,
      Secrets secrets,
      PackageFiles packages) {
    return new AppProgram(
        appId,
        revision,
        definition.code().stream().map(FunctionFile::of).toList(),
        definition.code().stream().map(FunctionDefinition::name).collect(Collectors.toSet()),
        WireWriter.write(facts(appId, deployedAt, definition, secrets)),
        new PackageModules(packages));
  }

  /// The same with the function that a call brings along.
  public AppProgram with(Invocation.SourceCall call) {
    List<FunctionFile> files = new ArrayList<>(functions);
    files.add(FunctionFile.tried(call));
    Set<String> all = new HashSet<>(names);
    all.add(call.function());
    return new AppProgram(appId, revision, files, all, text, modules);
  }

  public AppId appId() {
    return appId;
  }

  public Revision revision() {
    return revision;
  }

  List<FunctionFile> functions() {
    return functions;
  }

  String text() {
    return text;
  }

  PackageModules modules() {
    return modules;
  }

  /// The source of a function that is given its `context`.
  ///
  /// @param function one that there is
  /// @param make makes it of the file
  Source bound(String function, Function<FunctionFile, Source> make) {
    Source known = bound.get(function);
    if (known != null) {
      return known;
    }
    FunctionFile file =
        functions.stream().filter(each -> each.name().equals(function)).findFirst().orElseThrow();
    Source made = make.apply(file);
    bound.put(function, made);
    return made;
  }

  public boolean has(String function) {
    return names.contains(function);
  }

  private static BsonDocument facts(
      AppId appId, Instant deployedAt, AppDefinition definition, Secrets secrets) {
    BsonDocument facts = new BsonDocument();
    facts.put("about", new BsonString(WireWriter.write(about(appId, deployedAt, definition))));
    facts.put("environment", new BsonString(WireWriter.write(environment(definition))));
    facts.put("values", values(definition, secrets));
    facts.put("services", flags(names(definition.dataSources())));
    facts.put("httpServices", httpServices(definition));
    facts.put("guarded", flags(guarded(definition)));
    facts.put("runsAs", runsAs(definition));
    return facts;
  }

  private static BsonDocument about(AppId appId, Instant deployedAt, AppDefinition definition) {
    BsonDocument about =
        new BsonDocument("id", new BsonString(appId.value()))
            .append("clientAppId", new BsonString(appId.value()))
            .append("name", new BsonString(definition.name()))
            .append("projectId", new BsonString(""))
            .append(
                "deployment",
                new BsonDocument("model", new BsonString(definition.deploymentModel().name()))
                    .append("providerRegion", new BsonString(definition.providerRegion())))
            .append("lastDeployed", new BsonString(MILLISECONDS.format(deployedAt)));
    String domain = definition.hosting().customDomain();
    if (definition.hosting().enabled() && domain != null) {
      about.append("hostingUri", new BsonString(domain));
    }
    return about;
  }

  private static BsonDocument environment(AppDefinition definition) {
    BsonDocument values = new BsonDocument();
    definition.environment().values().forEach(values::put);
    return new BsonDocument("tag", new BsonString(definition.environment().tag()))
        .append("values", values);
  }

  private static BsonDocument values(AppDefinition definition, Secrets secrets) {
    BsonDocument values = new BsonDocument();
    for (AppValue value : definition.values().values()) {
      BsonValue content =
          switch (value) {
            case AppValue.Plain plain -> plain.value();
            case AppValue.FromSecret(_, String secretName) -> secret(secrets, secretName);
          };
      values.put(value.name(), new BsonString(WireWriter.write(content)));
    }
    return values;
  }

  private static BsonValue secret(Secrets secrets, String name) {
    String value = secrets.find(name);
    if (value == null) {
      // A deployment that names an unknown secret is refused before it gets here.
      throw new IllegalStateException("no secret named " + name);
    }
    return new BsonString(value);
  }

  private static Set<String> names(List<DataSource> sources) {
    return sources.stream().map(DataSource::name).collect(Collectors.toSet());
  }

  /// The HTTP services of an app, each with the actions that one of its rules allows to
  /// everybody.
  /// A rule with a condition allows nothing, because nothing here decides it.
  private static BsonDocument httpServices(AppDefinition definition) {
    BsonDocument services = new BsonDocument();
    for (LegacyService service : definition.services()) {
      if (service.type().equals("http")) {
        services.put(
            service.name(),
            flags(
                service.rules().stream()
                    .filter(rule -> isEmpty(rule.when()))
                    .flatMap(rule -> rule.actions().stream())
                    .collect(Collectors.toSet())));
      }
    }
    return services;
  }

  /// Functions that another function may call only when an expression says so.
  private static Set<String> guarded(AppDefinition definition) {
    return definition.functions().values().stream()
        .filter(function -> !isEmpty(function.canEvaluate()))
        .map(FunctionDefinition::name)
        .collect(Collectors.toSet());
  }

  /// As whom functions run that do not run as who calls them.
  private static BsonDocument runsAs(AppDefinition definition) {
    BsonDocument runsAs = new BsonDocument();
    for (FunctionDefinition function : definition.functions().values()) {
      switch (function.runAs()) {
        case RunAs.Caller() -> {}
        case RunAs.AsSystem() -> runsAs.put(function.name(), new BsonString("system"));
        case RunAs.AsUser(_), RunAs.ByScript(_) ->
            runsAs.put(function.name(), new BsonString("user"));
      }
      // A script is no function that an author could call.
      function
          .runAsScript()
          .ifPresent(script -> runsAs.put(script.name(), new BsonString("script")));
    }
    return runsAs;
  }

  private static boolean isEmpty(BsonValue expression) {
    return expression.isDocument() && expression.asDocument().isEmpty();
  }

  private static BsonDocument flags(Set<String> names) {
    BsonDocument flags = new BsonDocument();
    names.forEach(name -> flags.put(name, BsonBoolean.TRUE));
    return flags;
  }

  @Override
  public String toString() {
    return "AppProgram[" + appId + " revision " + revision + "]";
  }
}
