package dev.berth.controlplane.admin.entities;

import dev.berth.appmodel.entity.AppEntities;
import dev.berth.appmodel.entity.Entity;
import dev.berth.appmodel.entity.EntityKind;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.ejson.EjsonParseException;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Lists, makes, changes and removes single things. A change goes into the administrator's draft
/// when there is one, and is a deployment of its own otherwise.
public final class EntityRoutes {

  private static final String FUNCTION = "/functions/{function}";
  private static final String SERVICE_CONFIG = "/services/{service}/config";
  private static final String DEFAULT_RULE = "/services/{service}/default_rule";

  private final AppWorkspace workspace;

  public EntityRoutes(AppWorkspace workspace) {
    this.workspace = workspace;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Collection each : Collection.values()) {
      routes.add(Route.ofApp(HttpMethod.GET, each.path, Access.READ, call -> list(call, each)));
      routes.add(
          Route.ofApp(HttpMethod.POST, each.path, Access.EDIT, call -> add(call, each))
              .answering(each.created));
      routes.add(Route.ofApp(HttpMethod.GET, each.one(), Access.READ, call -> get(call, each)));
      routes.add(
          Route.ofApp(each.change(), each.one(), Access.EDIT, call -> change(call, each))
              .answering(each.changed));
      routes.add(
          Route.ofApp(HttpMethod.DELETE, each.one(), Access.EDIT, call -> remove(call, each))
              .answering(each.removed));
    }
    routes.add(Route.ofApp(HttpMethod.POST, "/functions", Access.EDIT, this::addFunction));
    routes.add(
        Route.ofApp(HttpMethod.PUT, FUNCTION, Access.EDIT, this::changeFunction).answering(200));
    routes.add(Route.ofApp(HttpMethod.DELETE, FUNCTION, Access.EDIT, this::removeFunction));
    routes.add(Route.ofApp(HttpMethod.GET, DEFAULT_RULE, Access.READ, this::defaultRule));
    routes.add(Route.ofApp(HttpMethod.POST, DEFAULT_RULE, Access.EDIT, this::addDefaultRule));
    routes.add(Route.ofApp(HttpMethod.PUT, DEFAULT_RULE, Access.EDIT, this::changeDefaultRule));
    routes.add(Route.ofApp(HttpMethod.DELETE, DEFAULT_RULE, Access.EDIT, this::removeDefaultRule));
    routes.add(Route.ofApp(HttpMethod.GET, SERVICE_CONFIG, Access.READ, this::serviceConfig));
    routes.add(Route.ofApp(HttpMethod.PATCH, SERVICE_CONFIG, Access.EDIT, this::configureService));
    for (String state : List.of("enable", "disable")) {
      boolean disabled = state.equals("disable");
      routes.add(switching(Collection.AUTH_PROVIDERS, state, disabled));
      routes.add(switching(Collection.LOG_FORWARDERS, state, disabled));
    }
    return routes;
  }

  private Route switching(Collection each, String state, boolean disabled) {
    return Route.ofApp(
        HttpMethod.PUT,
        each.one() + "/" + state,
        Access.EDIT,
        call -> {
          edit(
              call,
              entities -> {
                Entity known = require(entities, each.kind, "", call.parameter("entity"));
                Fields changed = known.value().with("disabled", new Json.Truth(disabled));
                return entities.replace(each.kind, "", known.id(), changed);
              });
          return AdminAnswer.noContent();
        });
  }

  private AdminAnswer list(AdminCall call, Collection each) {
    AppEntities entities = entities(call);
    List<Fields> all =
        entities.list(each.kind, owner(entities, call)).stream().map(Entity::withId).toList();
    return AdminAnswer.jsonText(200, JsonWriter.compact(Elements.of(all)));
  }

  private AdminAnswer get(AdminCall call, Collection each) {
    AppEntities entities = entities(call);
    return json(200, require(entities, each.kind, owner(entities, call), call.parameter("entity")));
  }

  private AdminAnswer add(AdminCall call, Collection each) {
    Fields body = body(call);
    return json(
        each.created, edit(call, entities -> entities.add(each.kind, owner(entities, call), body)));
  }

  private AdminAnswer change(AdminCall call, Collection each) {
    Fields body = body(call);
    Entity changed =
        edit(
            call,
            entities -> {
              String owner = owner(entities, call);
              Entity known = require(entities, each.kind, owner, call.parameter("entity"));
              return entities.replace(
                  each.kind, owner, known.id(), each.patches ? known.value().and(body) : body);
            });
    return each.changed == 204 ? AdminAnswer.noContent() : json(each.changed, changed);
  }

  private AdminAnswer remove(AdminCall call, Collection each) {
    String id = call.parameter("entity");
    Entity removed = edit(call, entities -> entities.remove(each.kind, owner(entities, call), id));
    return each.removed == 204 ? AdminAnswer.noContent() : json(each.removed, removed);
  }

  private AdminAnswer addFunction(AdminCall call) {
    Fields body = body(call);
    Entity added = edit(call, entities -> entities.add(EntityKind.FUNCTION, "", body));
    Fields named = Fields.none().with("_id", added.id()).with("name", added.name());
    return AdminAnswer.jsonText(201, JsonWriter.compact(named));
  }

  private AdminAnswer changeFunction(AdminCall call) {
    Fields body = body(call);
    String id = call.parameter("function");
    return json(200, edit(call, entities -> entities.replace(EntityKind.FUNCTION, "", id, body)));
  }

  private AdminAnswer removeFunction(AdminCall call) {
    String id = call.parameter("function");
    edit(call, entities -> entities.remove(EntityKind.FUNCTION, "", id));
    return AdminAnswer.noContent();
  }

  private AdminAnswer defaultRule(AdminCall call) {
    return json(200, defaultRule(entities(call), call));
  }

  private AdminAnswer addDefaultRule(AdminCall call) {
    Fields body = body(call);
    return json(
        201,
        edit(call, entities -> entities.add(EntityKind.DEFAULT_RULE, owner(entities, call), body)));
  }

  private AdminAnswer changeDefaultRule(AdminCall call) {
    Fields body = body(call);
    edit(
        call,
        entities -> {
          Entity known = defaultRule(entities, call);
          return entities.replace(EntityKind.DEFAULT_RULE, known.owner(), known.id(), body);
        });
    return AdminAnswer.noContent();
  }

  private AdminAnswer removeDefaultRule(AdminCall call) {
    edit(
        call,
        entities -> {
          Entity known = defaultRule(entities, call);
          return entities.remove(EntityKind.DEFAULT_RULE, known.owner(), known.id());
        });
    return AdminAnswer.noContent();
  }

  private static Entity defaultRule(AppEntities entities, AdminCall call) {
    return entities.list(EntityKind.DEFAULT_RULE, owner(entities, call)).stream()
        .findFirst()
        .orElseThrow(
            () -> Refusal.notFound("RuleNotFound", "default rule does not exist on service"));
  }

  private AdminAnswer serviceConfig(AdminCall call) {
    return AdminAnswer.jsonText(
        200, JsonWriter.compact(service(entities(call), call).value().fields("config")));
  }

  private AdminAnswer configureService(AdminCall call) {
    Fields body = body(call);
    edit(
        call,
        entities -> {
          Entity known = service(entities, call);
          Fields changed = known.value().with("config", known.value().fields("config").and(body));
          return entities.replace(EntityKind.SERVICE, "", known.id(), changed);
        });
    return AdminAnswer.noContent();
  }

  private static Entity service(AppEntities entities, AdminCall call) {
    return require(entities, EntityKind.SERVICE, "", call.parameter("service"));
  }

  private AppEntities entities(AdminCall call) {
    return new AppEntities(worked(call).document());
  }

  private AppWorkspace.Work worked(AdminCall call) {
    return workspace.worked(call.ownApp(), call.administrator().id());
  }

  /// The name of the service of the URL; empty when it names none.
  private static String owner(AppEntities entities, AdminCall call) {
    String id = call.parameters().get("service");
    return id == null ? "" : require(entities, EntityKind.SERVICE, "", id).name();
  }

  private static Entity require(AppEntities entities, EntityKind kind, String owner, String id) {
    Entity found = entities.find(kind, owner, id);
    if (found == null) {
      throw Refusal.notFound("NotFound", "there is nothing with the id '" + id + "'");
    }
    return found;
  }

  /// Makes a change of what the administrator works on.
  private Entity edit(AdminCall call, Function<AppEntities, AppEntities.Edit> change) {
    AppWorkspace.Work work = worked(call);
    return switch (change.apply(new AppEntities(work.document()))) {
      case AppEntities.Edited(var document, Entity entity) -> {
        workspace.edit(call.ownApp(), call.administrator().id(), work.with(document));
        yield entity;
      }
      case AppEntities.Refused(var reason, String message) ->
          throw switch (reason) {
            case INCOMPLETE -> Refusal.invalid(message);
            case NAME_TAKEN -> Refusal.conflict("DuplicateName", message);
            case NOT_FOUND -> Refusal.notFound("NotFound", message);
          };
    };
  }

  private static Fields body(AdminCall call) {
    try {
      String text = call.request().body().toString(StandardCharsets.UTF_8);
      JsonNode node = LocatedJson.parse("body", text);
      if (node instanceof JsonNode.JsonObject object) {
        return Json.of(object);
      }
    } catch (EjsonParseException malformed) {
      // The same answer as to other JSON.
    }
    throw Refusal.of(Refusal.Kind.INVALID, "MalformedJSON", "the body must be a JSON object");
  }

  private static AdminAnswer json(int status, Entity entity) {
    return AdminAnswer.jsonText(status, JsonWriter.compact(entity.withId()));
  }
}
