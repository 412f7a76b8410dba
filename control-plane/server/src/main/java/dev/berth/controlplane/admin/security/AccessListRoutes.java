package dev.berth.controlplane.admin.security;

import dev.berth.catalog.ServiceTerms;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AccessList;
import dev.berth.controlplane.app.AccessList.Entry;
import dev.berth.controlplane.app.TermChanges;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.identity.Ids;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;

/// The addresses from which an app may be called, as administrators keep them. A change counts
/// for the requests that come after the answer.
public final class AccessListRoutes {

  private static final String LIST = "/security/access_list";
  private static final int LONGEST_COMMENT = 256;
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]{2,39}|::ffff:[0-9.]{7,15}");

  private final AccessList accessList;
  private final TermChanges termChanges;

  public AccessListRoutes(AccessList accessList, TermChanges termChanges) {
    this.accessList = accessList;
    this.termChanges = termChanges;
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
        accessList.of(call.appId()).stream().map(entry -> json(entry, call)).toList();
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
    Entry entry = new Entry(Ids.next(), address, comment(body));
    termChanges.make(call.ownApp(), () -> accessList.add(call.appId(), entry));
    return AdminAnswer.json(201, json(entry, call));
  }

  private AdminAnswer change(AdminCall call) {
    JsonObject body = call.json();
    Entry before = known(call);
    String address = AdminCall.text(body, "address");
    Entry changed =
        new Entry(
            before.id(),
            address.isEmpty() ? before.address() : checked(address),
            body.containsKey("comment") ? comment(body) : before.comment());
    termChanges.make(call.ownApp(), () -> accessList.change(call.appId(), changed));
    return AdminAnswer.json(200, json(changed, call));
  }

  private AdminAnswer remove(AdminCall call) {
    String id = known(call).id();
    termChanges.make(call.ownApp(), () -> accessList.remove(call.appId(), id));
    return AdminAnswer.noContent();
  }

  private Entry known(AdminCall call) {
    String id = call.parameter("entry");
    return accessList
        .find(call.appId(), id)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "AllowedIPNotFound", "allowed IP not found: 'ObjectID(\"" + id + "\")'"));
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
      return ServiceTerms.EVERYWHERE;
    }
    int slash = address.indexOf('/');
    String ip = slash < 0 ? address : address.substring(0, slash);
    String bits = slash < 0 ? "0" : address.substring(slash + 1);
    int most = ip.indexOf(':') < 0 ? 32 : 128;
    if (!ADDRESS.matcher(ip).matches()
        || !isAddress(ip)
        || !bits.matches("[0-9]{1,3}")
        || Integer.parseInt(bits) > most) {
      throw Refusal.invalid("not an IP address or a range of them: '" + address + "'");
    }
    return address;
  }

  private static boolean isAddress(String ip) {
    try {
      InetAddress.ofLiteral(ip);
      return true;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private static JsonObject json(Entry entry, AdminCall call) {
    return new JsonObject()
        .put("_id", entry.id())
        .put("address", entry.address())
        .put("comment", entry.comment())
        .put(
            "includes_current",
            entry.address().equals(ServiceTerms.EVERYWHERE)
                || entry.address().equals(call.request().remoteAddress()));
  }
}
