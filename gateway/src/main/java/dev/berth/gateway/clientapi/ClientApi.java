package dev.berth.gateway.clientapi;

import dev.berth.gateway.authentication.Rights;
import dev.berth.gateway.authorization.ExpressionAuthorizer;
import dev.berth.gateway.serving.Serving;
import dev.berth.identity.Accounts;
import dev.berth.invocation.Invoker;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Serves the client API on one listener. Confined to its event loop.
public final class ClientApi {

  final Serving serving;
  final Supplier<Accounts> accounts;
  final BooleanSupplier ready;
  final RouteTable routes;

  private ClientApi(
      Serving serving, Supplier<Accounts> accounts, BooleanSupplier ready, RouteTable routes) {
    this.serving = serving;
    this.accounts = accounts;
    this.ready = ready;
    this.routes = routes;
  }

  /// The client API of one listener.
  ///
  /// @param accounts not asked before `ready`
  public static ClientApi on(
      Serving serving,
      Supplier<Accounts> accounts,
      Rights rights,
      ExpressionAuthorizer expressions,
      Invoker invoker,
      BooleanSupplier ready) {
    List<Route> routes =
        Stream.of(
                new LocationRoute(serving.door().regions()).routes(),
                new LoginRoutes(accounts, serving.metrics()).routes(),
                new EmailPasswordRoutes(accounts).routes(),
                new SessionRoutes(accounts).routes(),
                new ApiKeyRoutes(accounts).routes(),
                new FunctionRoute(rights, expressions, invoker, serving.limits()).routes(),
                new WatchRoute(serving, accounts, invoker).routes())
            .flatMap(List::stream)
            .toList();
    return new ClientApi(serving, accounts, ready, new RouteTable(routes));
  }

  public static boolean isClientPath(String path) {
    return ClientUrl.isOne(path);
  }

  public void handle(HttpServerRequest request, String path) {
    new ClientRequest(this, request).begin(path);
  }
}
