package dev.berth.gateway;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.CustomUserData;
import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Hosting;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.KeptConfiguration;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.ValidationMethod;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.ServiceTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Builds small apps: endpoints of one line each.
final class TestApps {

  private DeploymentModel model = DeploymentModel.GLOBAL;
  private String region = "aws-us-east-1";
  private ServiceTerms terms = ServiceTerms.usual();
  private final AppId id;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, FunctionDefinition> functions = new HashMap<>();
  private final Map<String, AppValue> values = new HashMap<>();
  private final Map<String, String> secrets = new HashMap<>();
  private Environment environment = new Environment("", Map.of());
  private final List<String> origins = new ArrayList<>();
  private final Map<String, AuthProvider> providers = new HashMap<>();
  private final List<DataSource> dataSources = new ArrayList<>();
  private DataApi dataApi = DataApi.off();

  private TestApps(AppId id) {
    this.id = id;
  }

  static TestApps app(String id) {
    return new TestApps(new AppId(id));
  }

  static Endpoint endpoint(HttpMethod method, String route, String function) {
    return new Endpoint(
        route,
        method,
        function,
        ValidationMethod.NO_VALIDATION,
        null,
        true,
        ReturnType.JSON,
        false,
        false,
        false,
        new BsonDocument());
  }

  static Endpoint guarded(Endpoint open, ValidationMethod by, String secretName) {
    return new Endpoint(
        open.route(),
        open.method(),
        open.functionName(),
        by,
        secretName,
        open.respondWithResult(),
        open.returnType(),
        false,
        false,
        false,
        open.canEvaluate());
  }

  /// @param fetchesData whether the function sees custom user data
  /// @param createsUsers whether a token may make a user
  static Endpoint forUsers(Endpoint open, boolean fetchesData, boolean createsUsers) {
    return new Endpoint(
        open.route(),
        open.method(),
        open.functionName(),
        open.validationMethod(),
        open.secretName(),
        open.respondWithResult(),
        open.returnType(),
        fetchesData,
        createsUsers,
        false,
        open.canEvaluate());
  }

  static Endpoint disabled(Endpoint enabled) {
    return new Endpoint(
        enabled.route(),
        enabled.method(),
        enabled.functionName(),
        enabled.validationMethod(),
        enabled.secretName(),
        enabled.respondWithResult(),
        enabled.returnType(),
        false,
        false,
        true,
        enabled.canEvaluate());
  }

  static Endpoint evaluated(Endpoint open, BsonDocument expression, ReturnType returnType) {
    return new Endpoint(
        open.route(),
        open.method(),
        open.functionName(),
        open.validationMethod(),
        open.secretName(),
        open.respondWithResult(),
        returnType,
        false,
        false,
        false,
        expression);
  }

  /// Adds an endpoint whose function runs as the system user.
  TestApps with(HttpMethod method, String route, String function) {
    return with(endpoint(method, route, function), new RunAs.AsSystem());
  }

  TestApps with(Endpoint endpoint, RunAs runAs) {
    function(endpoint.functionName(), runAs, new BsonDocument());
    return withoutFunction(endpoint);
  }

  TestApps withoutFunction(Endpoint endpoint) {
    endpoints.add(endpoint);
    return this;
  }

  TestApps function(String name, RunAs runAs, BsonDocument canEvaluate) {
    functions.put(
        name,
        new FunctionDefinition(
            name, "functions/" + name + ".js", "exports = 1", false, canEvaluate, true, runAs));
    return this;
  }

  TestApps secret(String name, String value) {
    secrets.put(name, value);
    return this;
  }

  TestApps value(AppValue value) {
    values.put(value.name(), value);
    return this;
  }

  TestApps environment(String tag, Map<String, BsonValue> ofEnvironment) {
    environment = new Environment(tag, ofEnvironment);
    return this;
  }

  /// A function that clients may call, unless it is private.
  TestApps callable(String name, RunAs runAs, boolean isPrivate) {
    functions.put(
        name,
        new FunctionDefinition(
            name,
            "functions/" + name + ".js",
            "exports = 1",
            isPrivate,
            new BsonDocument(),
            true,
            runAs));
    return this;
  }

  TestApps provider(boolean disabled, AuthProvider.Settings settings) {
    String type = new AuthProvider("", disabled, settings, List.of(), List.of(), List.of()).type();
    providers.put(
        type, new AuthProvider(type, disabled, settings, List.of(), List.of(), List.of()));
    return this;
  }

  TestApps origin(String origin) {
    origins.add(origin);
    return this;
  }

  TestApps dataSource(String name) {
    dataSources.add(new DataSource(name, "mongodb-atlas"));
    return this;
  }

  TestApps dataApi(DataApi settings) {
    dataApi = settings;
    return this;
  }

  /// Makes it an app of one region.
  TestApps localTo(String itsRegion) {
    model = DeploymentModel.LOCAL;
    region = itsRegion;
    return this;
  }

  TestApps on(ServiceTerms others) {
    terms = others;
    return this;
  }

  DeployedApp at(long revision) {
    return new DeployedApp(
            id,
            new Revision(revision),
            new AppDefinition(
                id.value(),
                id,
                model,
                region,
                environment,
                endpoints,
                functions,
                values,
                dataSources,
                Map.of(),
                origins,
                providers,
                CustomUserData.disabled(),
                dataApi,
                List.of(),
                List.of(),
                List.of(),
                Hosting.off(),
                KeptConfiguration.nothing()),
            Secrets.of(secrets))
        .on(terms);
  }
}
