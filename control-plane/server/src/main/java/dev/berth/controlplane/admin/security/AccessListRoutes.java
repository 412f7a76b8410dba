package dev.berth.controlplane.admin.security;

import dev.berth.catalog.AddressRange;
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
import java.util.List;

/// The addresses from which an app may be called, as administrators keep them. A change counts
/// for the requests that come after the answer.
public final class AccessListRoutes {

  private static final String LIST = "/security/access_list";
  private static final int LONGEST_COMMENT = 256;

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
    try {
      AddressRange.parse(address);
      return address;
    } catch (IllegalArgumentException unreadable) {
      throw Refusal.invalid("not an IP address or a range of them: '" + address + "'");
    }
  }

  /// Whether it is about whoever asks. What an older version took and nobody can read is not.
  private static boolean includes(String range, String address) {
    return range.equals(ServiceTerms.EVERYWHERE)
        || AddressRange.anyContains(AddressRange.readable(List.of(range)), address);
  }

  private static JsonObject json(Entry entry, AdminCall call) {
    return new JsonObject()
        .put("_id", entry.id())
        .put("address", entry.address())
        .put("comment", entry.comment())
        .put("includes_current", includes(entry.address(), call.request().remoteAddress()));
  }
}
