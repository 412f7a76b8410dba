package dev.berth.gateway.endpoint;

import dev.berth.gateway.authentication.Authenticator;
import dev.berth.gateway.authorization.Authorizer;
import dev.berth.gateway.serving.Serving;
import dev.berth.invocation.Invoker;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/// Serves the endpoint URLs of one listener. Confined to its event loop.
public final class EndpointCalls {

  final Serving serving;
  final List<Stage> stages;
  final Invoker invoker;

  private EndpointCalls(Serving serving, List<Stage> stages, Invoker invoker) {
    this.serving = serving;
    this.stages = List.copyOf(stages);
    this.invoker = invoker;
  }

  /// Authentication precedes authorization, and both precede the function.
  public static EndpointCalls on(
      Serving serving, Authenticator authenticator, Authorizer authorizer, Invoker invoker) {
    List<Stage> stages =
        List.of(new AuthenticationStage(authenticator), new AuthorizationStage(authorizer));
    return new EndpointCalls(serving, stages, invoker);
  }

  public static boolean isEndpointPath(String path) {
    return path.startsWith(EndpointUrl.PREFIX);
  }

  public void handle(HttpServerRequest request, String path) {
    new CallInProgress(this, request).begin(path);
  }
}
