package dev.berth.appmodel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an app directory says, whatever its layout.
///
/// @param name the app's name
/// @param declaredId the App ID that the directory carries; `null` when it carries none
/// @param providerRegion such as `aws-us-east-1`
/// @param environment the one the app is deployed as
/// @param endpoints custom ones, and one for each incoming webhook
/// @param functions by name; those of incoming webhooks too
/// @param values by name
/// @param environments every environment the directory describes, by tag
/// @param allowedRequestOrigins `scheme://host[:port]`; empty allows all
/// @param authProviders by name
/// @param services third-party and HTTP services, with their webhooks
/// @param packages what its functions may require; none until they are collected for a deployment
public record AppDefinition(
    String name,
    @Nullable AppId declaredId,
    DeploymentModel deploymentModel,
    String providerRegion,
    Environment environment,
    List<Endpoint> endpoints,
    Map<String, FunctionDefinition> functions,
    Map<String, AppValue> values,
    List<DataSource> dataSources,
    Map<String, Environment> environments,
    List<String> allowedRequestOrigins,
    Map<String, AuthProvider> authProviders,
    CustomUserData customUserData,
    DataApi dataApi,
    List<LegacyService> services,
    List<Trigger> triggers,
    List<LogForwarder> logForwarders,
    Hosting hosting,
    KeptConfiguration kept,
    Packages packages) {

  public AppDefinition {
    endpoints = List.copyOf(endpoints);
    functions = Map.copyOf(functions);
    values = Map.copyOf(values);
    dataSources = List.copyOf(dataSources);
    environments = Map.copyOf(environments);
    allowedRequestOrigins = List.copyOf(allowedRequestOrigins);
    authProviders = Map.copyOf(authProviders);
    services = List.copyOf(services);
    triggers = List.copyOf(triggers);
    logForwarders = List.copyOf(logForwarders);
  }

  /// An app of endpoints, functions, values and data sources, and nothing else.
  public AppDefinition(
      String name,
      @Nullable AppId declaredId,
      DeploymentModel deploymentModel,
      String providerRegion,
      Environment environment,
      List<Endpoint> endpoints,
      Map<String, FunctionDefinition> functions,
      Map<String, AppValue> values,
      List<DataSource> dataSources) {
    this(
        name,
        declaredId,
        deploymentModel,
        providerRegion,
        environment,
        endpoints,
        functions,
        values,
        dataSources,
        Map.of(environment.tag(), environment),
        List.of(),
        Map.of(),
        CustomUserData.disabled(),
        DataApi.off(),
        List.of(),
        List.of(),
        List.of(),
        Hosting.off(),
        KeptConfiguration.nothing());
  }

  /// An app as its directory describes it, before its packages are collected.
  public AppDefinition(
      String name,
      @Nullable AppId declaredId,
      DeploymentModel deploymentModel,
      String providerRegion,
      Environment environment,
      List<Endpoint> endpoints,
      Map<String, FunctionDefinition> functions,
      Map<String, AppValue> values,
      List<DataSource> dataSources,
      Map<String, Environment> environments,
      List<String> allowedRequestOrigins,
      Map<String, AuthProvider> authProviders,
      CustomUserData customUserData,
      DataApi dataApi,
      List<LegacyService> services,
      List<Trigger> triggers,
      List<LogForwarder> logForwarders,
      Hosting hosting,
      KeptConfiguration kept) {
    this(
        name,
        declaredId,
        deploymentModel,
        providerRegion,
        environment,
        endpoints,
        functions,
        values,
        dataSources,
        environments,
        allowedRequestOrigins,
        authProviders,
        customUserData,
        dataApi,
        services,
        triggers,
        logForwarders,
        hosting,
        kept,
        Packages.none());
  }

  /// The same app with other packages.
  public AppDefinition with(Packages others) {
    return with(deploymentModel, providerRegion, others);
  }

  /// The same app elsewhere, whatever its files say.
  public AppDefinition in(DeploymentModel otherModel, String otherRegion) {
    return with(otherModel, otherRegion, packages);
  }

  private AppDefinition with(DeploymentModel otherModel, String otherRegion, Packages others) {
    return new AppDefinition(
        name,
        declaredId,
        otherModel,
        otherRegion,
        environment,
        endpoints,
        functions,
        values,
        dataSources,
        environments,
        allowedRequestOrigins,
        authProviders,
        customUserData,
        dataApi,
        services,
        triggers,
        logForwarders,
        hosting,
        kept,
        others);
  }

  /// Every incoming webhook of every service.
  public List<IncomingWebhook> webhooks() {
    return services.stream().flatMap(service -> service.webhooks().stream()).toList();
  }

  /// Everything of the app that is JavaScript: its functions, and the scripts that say as whom
  /// one or the Data API runs, under names of their own ([FunctionDefinition#runAsScript]).
  public List<FunctionDefinition> code() {
    Stream<FunctionDefinition> ofDataApi =
        dataApi.disabled() ? Stream.empty() : dataApi.asFunction().runAsScript().stream();
    return Stream.concat(functions.values().stream().flatMap(AppDefinition::codeOf), ofDataApi)
        .toList();
  }

  private static Stream<FunctionDefinition> codeOf(FunctionDefinition function) {
    return Stream.concat(Stream.of(function), function.runAsScript().stream());
  }

  /// The stored secrets, and those that webhooks carry as text, under the names that the
  /// webhooks' endpoints use.
  public Secrets withLiteralSecrets(Secrets stored) {
    Map<String, String> literal = new HashMap<>();
    for (IncomingWebhook webhook : webhooks()) {
      if (webhook.secret() != null) {
        literal.put(webhook.secretName(), webhook.secret().value());
      }
    }
    return stored.with(literal);
  }
}
