package dev.berth.gateway.route;

import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.catalog.DeployedApp;
import dev.berth.rules.Expression;
import org.jspecify.annotations.Nullable;

/// An endpoint of one app revision with the function that it names, and what is known of both
/// before any request comes.
///
/// @param function `null` when the revision has no function of that name
/// @param condition who may call the endpoint
/// @param functionCondition who may call the function; always true when the two say the same
public record BoundEndpoint(
    DeployedApp app,
    Endpoint endpoint,
    @Nullable FunctionDefinition function,
    Expression condition,
    Expression functionCondition,
    AppConstants constants) {

  static BoundEndpoint of(DeployedApp app, Endpoint endpoint, AppConstants constants) {
    FunctionDefinition function = app.definition().functions().get(endpoint.functionName());
    Expression condition = AppConstants.parsed(endpoint.canEvaluate());
    Expression ofFunction = constants.conditionOf(endpoint.functionName());
    boolean saysMore = function != null && !function.canEvaluate().equals(endpoint.canEvaluate());
    return new BoundEndpoint(
        app,
        endpoint,
        function,
        condition,
        saysMore && ofFunction != null ? ofFunction : Expression.always(),
        constants);
  }

  /// The Data API of an app; `null` when it is disabled.
  static @Nullable BoundEndpoint ofDataApi(DeployedApp app, AppConstants constants) {
    DataApi dataApi = app.definition().dataApi();
    return dataApi.disabled()
        ? null
        : new BoundEndpoint(
            app,
            dataApi.asEndpoint("/data"),
            dataApi.asFunction(),
            AppConstants.parsed(dataApi.canEvaluate()),
            Expression.always(),
            constants);
  }

  /// The Data API at one of its routes.
  public BoundEndpoint at(String route) {
    return new BoundEndpoint(
        app,
        app.definition().dataApi().asEndpoint(route),
        function,
        condition,
        functionCondition,
        constants);
  }
}
