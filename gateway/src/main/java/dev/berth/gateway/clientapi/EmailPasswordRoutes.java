package dev.berth.gateway.clientapi;

import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.identity.Accounts;
import dev.berth.identity.Answer;
import dev.berth.identity.Done;
import dev.berth.identity.EmailPasswordAccounts;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.Supplier;

/// Registering, confirming and resetting passwords. A token that comes along may be long dead, so
/// nobody looks at it.
final class EmailPasswordRoutes {

  private static final String BASE = "/app/{app}/auth/providers/local-userpass/";

  private final Supplier<Accounts> accounts;

  EmailPasswordRoutes(Supplier<Accounts> accounts) {
    this.accounts = accounts;
  }

  List<Route> routes() {
    return List.of(
        route(
            "register",
            201,
            (users, call) ->
                users.register(
                    call.app(),
                    call.text("email"),
                    call.text("password"),
                    call.request().remoteIpAddress())),
        route(
            "confirm",
            200,
            (users, call) -> users.confirm(call.app(), call.text("token"), call.text("tokenId"))),
        route(
            "confirm/send",
            200,
            (users, call) -> users.sendConfirmation(call.app(), call.text("email"))),
        route(
            "confirm/call",
            200,
            (users, call) -> users.runConfirmation(call.app(), call.text("email"))),
        route(
            "reset",
            200,
            (users, call) ->
                users.reset(
                    call.app(), call.text("token"), call.text("tokenId"), call.text("password"))),
        route("reset/send", 200, (users, call) -> users.sendReset(call.app(), call.text("email"))),
        route(
            "reset/call",
            200,
            (users, call) ->
                users.runReset(
                    call.app(),
                    call.text("email"),
                    call.text("password"),
                    call.list("arguments"))));
  }

  /// What is asked of the accounts, with the body of the call.
  @FunctionalInterface
  private interface Step {
    Future<Answer<Done>> take(EmailPasswordAccounts users, ClientCall call)
        throws MalformedBodyException;
  }

  private Route route(String name, int status, Step step) {
    return Route.of(
        HttpMethod.POST,
        BASE + name,
        Route.Token.NONE,
        call ->
            step.take(accounts.get().emailPassword(), call)
                .map(answer -> ClientAnswer.empty(status, answer)));
  }
}
