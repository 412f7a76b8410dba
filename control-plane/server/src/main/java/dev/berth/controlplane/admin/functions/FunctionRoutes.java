package dev.berth.controlplane.admin.functions;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.entity.AppEntities;
import dev.berth.appmodel.entity.Entity;
import dev.berth.appmodel.entity.EntityKind;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.logs.LogQueue;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import dev.berth.identity.Accounts;
import dev.berth.identity.AppUser;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;

/// Functions: read as the administrator works on them, and run as they are deployed. An
/// administrator may run any, also private ones, as the system or as a user.
public final class FunctionRoutes {

  private final AppWorkspace workspace;
  private final AppCatalog catalog;
  private final Invoker invoker;
  private final LogQueue logs;
  private final Supplier<Accounts> accounts;
  private final Duration timeLimit;

  /// @param timeLimit of each run
  public FunctionRoutes(
      AppWorkspace workspace,
      AppCatalog catalog,
      Invoker invoker,
      LogQueue logs,
      Supplier<Accounts> accounts,
      Duration timeLimit) {
    this.workspace = workspace;
    this.catalog = catalog;
    this.invoker = invoker;
    this.logs = logs;
    this.accounts = accounts;
    this.timeLimit = timeLimit;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, "/functions", Access.READ, this::list),
        Route.ofApp(HttpMethod.GET, "/functions/{function}", Access.READ, this::get),
        Route.ofApp(HttpMethod.POST, "/debug/execute_function", Access.EDIT, this::run)
            .answering(200)
            .slow(),
        Route.ofApp(HttpMethod.POST, "/debug/execute_function_source", Access.EDIT, this::runSource)
            .answering(200)
            .slow());
  }

  private AdminAnswer list(AdminCall call) {
    return AdminAnswer.json(
        200,
        functions(call).stream()
            .map(
                function ->
                    new JsonObject()
                        .put("_id", function.id())
                        .put("name", function.name())
                        .put("last_modified", call.ownApp().lastUsed().getEpochSecond()))
            .toList());
  }

  /// Those of the administrator's draft when there is one.
  private List<Entity> functions(AdminCall call) {
    List<Entity> functions =
        call.ownApp().fromFolder()
            ? served(call)
            : new AppEntities(workspace.worked(call.ownApp(), call.administrator().id()).document())
                .list(EntityKind.FUNCTION);
    return functions.stream().sorted(Comparator.comparing(Entity::name)).toList();
  }

  private List<Entity> served(AdminCall call) {
    DeployedApp app = catalog.find(call.appId());
    return app == null
        ? List.of()
        : app.definition().functions().values().stream()
            // Those of webhooks have names that nobody gave them.
            .filter(function -> function.name().indexOf(':') < 0)
            .map(FunctionRoutes::entity)
            .toList();
  }

  private static Entity entity(FunctionDefinition function) {
    Fields value =
        Fields.none()
            .with("name", function.name())
            .with("private", new Json.Truth(function.isPrivate()))
            .with("source", function.source());
    String id = Entity.id(EntityKind.FUNCTION, "", function.name());
    return new Entity(id, EntityKind.FUNCTION, "", function.name(), value);
  }

  private AdminAnswer get(AdminCall call) {
    String id = call.parameter("function");
    Entity function =
        functions(call).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(
                () -> Refusal.notFound("FunctionNotFound", "function not found: '" + id + "'"));
    return AdminAnswer.jsonText(200, JsonWriter.compact(function.withId()));
  }

  private AdminAnswer run(AdminCall call) {
    BsonDocument body = body(call);
    String name = text(body, "name");
    List<BsonValue> arguments =
        body.get("arguments") instanceof BsonArray array ? array.getValues() : List.of();
    return run(new Invocation.FunctionCall(envelope(call), name, arguments, facts(call)));
  }

  /// Scripts that deploy functions try them out this way, with an expression such as
  /// `exports('Ann')`.
  private AdminAnswer runSource(AdminCall call) {
    BsonDocument body = body(call);
    String source = text(body, "source");
    String expression = text(body, "eval_source");
    return run(new Invocation.SourceCall(envelope(call), source, expression, facts(call)));
  }

  private static String text(BsonDocument body, String name) {
    if (body.get(name) instanceof BsonString text) {
      return text.getValue();
    }
    throw Refusal.of(
        Refusal.Kind.INVALID, "MissingParameter", "\"" + name + "\" is missing or no text");
  }

  private Invocation.Envelope envelope(AdminCall call) {
    DeployedApp app = catalog.find(call.appId());
    if (app == null) {
      throw Refusal.notFound("FunctionNotFound", "the app was never deployed");
    }
    return new Invocation.Envelope(
        app.id(), app.revision(), RequestId.next(), caller(call, app), timeLimit);
  }

  private static RequestFacts facts(AdminCall call) {
    return new RequestFacts(
        call.request().remoteAddress(), call.request().method().name(), "", "", List.of());
  }

  private AdminAnswer run(Invocation function) {
    long start = System.nanoTime();
    try (LogQueue.Listening printed = logs.listen(function.requestId())) {
      Outcome outcome = invoker.invoke(function).toCompletionStage().toCompletableFuture().join();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return answer(outcome, took, printed);
    }
  }

  private static BsonDocument body(AdminCall call) {
    try {
      return Ejson.parse(call.request().body().toString(StandardCharsets.UTF_8)).asDocument();
    } catch (EjsonParseException | BsonInvalidOperationException malformed) {
      throw Refusal.of(Refusal.Kind.INVALID, "MalformedJSON", "the body must be a JSON object");
    }
  }

  private Caller caller(AdminCall call, DeployedApp app) {
    String userId = call.query("user_id");
    if (userId.isEmpty() || call.query("run_as_system").equals("true")) {
      return Caller.system();
    }
    Optional<AppUser> user =
        accounts.get().find(app.id(), userId).toCompletionStage().toCompletableFuture().join();
    return user.map(FunctionRoutes::caller)
        .orElseThrow(() -> Refusal.notFound("UserNotFound", "user not found"));
  }

  private static Caller caller(AppUser user) {
    return new Caller.SignedIn(
        user.id(),
        user.type().wireName(),
        user.data(),
        user.customData(),
        user.identities().stream()
            .map(identity -> new Caller.Identity(identity.id(), identity.providerType()))
            .toList());
  }

  private static AdminAnswer answer(Outcome outcome, Duration took, LogQueue.Listening printed) {
    return switch (outcome) {
      case Outcome.Returned(BsonValue value) ->
          AdminAnswer.jsonText(200, returned(value, took, printed.heard()));
      case Outcome.Threw(String code, String message) ->
          throw Refusal.of(Refusal.Kind.INVALID, code, message);
      case Outcome.OverLimit(Limit limit, String message) ->
          throw Refusal.of(Refusal.Kind.INVALID, limit.errorCode(), message);
      case Outcome.NotFound(String function) ->
          throw Refusal.notFound("FunctionNotFound", "function not found: '" + function + "'");
      case Outcome.Unavailable(String reason, _) ->
          throw Refusal.of(Refusal.Kind.UNAVAILABLE, "InternalServerError", reason);
      case Outcome.Lost(String reason) ->
          throw Refusal.of(Refusal.Kind.UNAVAILABLE, "InternalServerError", reason);
      case Outcome.Responded _ ->
          throw new IllegalStateException("a function call answered as an endpoint");
    };
  }

  private static String returned(BsonValue value, Duration took, List<String> printed) {
    BsonDocument answer = new BsonDocument();
    answer.put("result", value instanceof BsonUndefined ? BsonNull.VALUE : value);
    if (!printed.isEmpty()) {
      answer.put("logs", new BsonArray(printed.stream().map(BsonString::new).toList()));
    }
    answer.put("stats", new BsonDocument("execution_time", new BsonString(took.toMillis() + "ms")));
    return Ejson.canonical(answer);
  }
}
