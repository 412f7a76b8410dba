package dev.berth.appmodel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an app directory says, whatever its layout.
///
/// @param name the app's name
/// @param declaredId the App ID that the directory carries; `null` when it carries none
/// @param providerRegion such as `aws-us-east-1`
/// @param functions by name
/// @param values by name
public record AppDefinition(
    String name,
    @Nullable AppId declaredId,
    DeploymentModel deploymentModel,
    String providerRegion,
    Environment environment,
    List<Endpoint> endpoints,
    Map<String, FunctionDefinition> functions,
    Map<String, AppValue> values,
    List<DataSource> dataSources) {

  public AppDefinition {
    endpoints = List.copyOf(endpoints);
    functions = Map.copyOf(functions);
    values = Map.copyOf(values);
    dataSources = List.copyOf(dataSources);
  }
}
