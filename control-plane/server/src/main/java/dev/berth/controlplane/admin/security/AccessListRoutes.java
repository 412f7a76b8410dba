package dev.berth.controlplane.admin.security;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/// The addresses from which an app may be called, as administrators keep them.
public final class AccessListRoutes {

  private static final String LIST = "/security/access_list";
  private static final String EVERYWHERE = "0.0.0.0/0";
  private static final int LONGEST_COMMENT = 256;
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]{2,39}|::ffff:[0-9.]{7,15}");

  private final DocumentCollection entries;

  private AccessListRoutes(DocumentCollection entries) {
    this.entries = entries;
  }

  public static AccessListRoutes in(ControlPlaneDatabase database) {
    DocumentCollection entries = database.collection("access_list");
    entries.uniqueIndex("appId", "address");
    return new AccessListRoutes(entries);
  }

  /// What a new app has: everybody may call it.
  public void open(AppId appId) {
    entries.insert(entry(appId, EVERYWHERE, ""));
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    entries.removeAll(where("appId", appId.value()));
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, LIST, Access.READ, this::list),
        Route.ofApp(HttpMethod.POST, LIST, Access.EDIT, this::add),
        Route.ofApp(HttpMethod.PATCH, LIST + "/{entry}", Access.EDIT, this::change).answering(200),
        Route.ofApp(HttpMethod.DELETE, LIST + "/{entry}", Access.EDIT, this::remove));
  }

  private AdminAnswer list(AdminCall call) {
    List<JsonObject> allowed =
        entries.all(where("appId", call.appId().value()), "_id").stream()
            .map(entry -> json(entry, call))
            .toList();
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("allowed_ips", new JsonArray(allowed))
            .put("current_ip", call.request().remoteAddress()));
  }

  private AdminAnswer add(AdminCall call) {
    JsonObject body = call.json();
    boolean current = Boolean.TRUE.equals(body.getValue("use_current"));
    String asked = AdminCall.text(body, "address");
    String address = checked(current && asked.isEmpty() ? call.request().remoteAddress() : asked);
    JsonObject entry = entry(call.appId(), address, comment(body));
    if (!entries.insert(entry)) {
      throw Refusal.conflict("AllowedIPAlreadyExists", "allowed IP already exists: " + address);
    }
    return AdminAnswer.json(201, json(entry, call));
  }

  private AdminAnswer change(AdminCall call) {
    JsonObject body = call.json();
    JsonObject before = known(call);
    JsonObject fields = new JsonObject();
    String address = AdminCall.text(body, "address");
    if (!address.isEmpty()) {
      fields.put("address", checked(address));
    }
    if (body.containsKey("comment")) {
      fields.put("comment", comment(body));
    }
    if (!fields.isEmpty() && !entries.update(byId(before.getString("_id")), set(fields))) {
      throw Refusal.conflict("AllowedIPAlreadyExists", "allowed IP already exists: " + address);
    }
    return AdminAnswer.json(200, json(known(call), call));
  }

  private AdminAnswer remove(AdminCall call) {
    entries.remove(byId(known(call).getString("_id")));
    return AdminAnswer.noContent();
  }

  private JsonObject known(AdminCall call) {
    String id = call.parameter("entry");
    return entries
        .find(byId(id).put("appId", call.appId().value()))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "AllowedIPNotFound", "allowed IP not found: 'ObjectID(\"" + id + "\")'"));
  }

  private static JsonObject entry(AppId appId, String address, String comment) {
    return byId(Ids.next())
        .put("appId", appId.value())
        .put("address", address)
        .put("comment", comment);
  }

  private static String comment(JsonObject body) {
    String comment = AdminCall.text(body, "comment");
    if (comment.length() > LONGEST_COMMENT) {
      throw Refusal.invalid("a comment has at most " + LONGEST_COMMENT + " characters");
    }
    return comment;
  }

  /// Clients that mean every address write none of its bits.
  private static String checked(String address) {
    if (address.equals("0.0.0.0")) {
      return EVERYWHERE;
    }
    int slash = address.indexOf('/');
    String ip = slash < 0 ? address : address.substring(0, slash);
    String bits = slash < 0 ? "0" : address.substring(slash + 1);
    int most = ip.indexOf(':') < 0 ? 32 : 128;
    if (!ADDRESS.matcher(ip).matches()
        || !bits.matches("[0-9]{1,3}")
        || Integer.parseInt(bits) > most
        || (most == 32 && !isFourBytes(ip))) {
      throw Refusal.invalid("not an IP address or a range of them: '" + address + "'");
    }
    return address;
  }

  private static boolean isFourBytes(String ip) {
    for (String part : ip.split("\\.", -1)) {
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static JsonObject json(JsonObject entry, AdminCall call) {
    return new JsonObject()
        .put("_id", entry.getString("_id"))
        .put("address", entry.getString("address"))
        .put("comment", entry.getString("comment"))
        .put(
            "includes_current",
            entry.getString("address").equals(EVERYWHERE)
                || entry.getString("address").equals(call.request().remoteAddress()));
  }
}
