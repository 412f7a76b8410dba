package dev.berth.controlplane.app;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.ServiceTerms;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The addresses from which apps may be called. An app of which nothing was ever said may be
/// called from everywhere: the process that made it may have died before it said so. Blocks.
public final class AccessList {

  private static final String ADDED_AT = "addedAt";

  private final DocumentCollection entries;

  /// Apps from whose lists something was removed, by App ID: an empty list of theirs is meant.
  private final DocumentCollection shortened;

  private AccessList(DocumentCollection entries, DocumentCollection shortened) {
    this.entries = entries;
    this.shortened = shortened;
  }

  public static AccessList in(ControlPlaneDatabase database) {
    DocumentCollection entries = database.collection("access_list");
    entries.uniqueIndex("appId", "address");
    return new AccessList(entries, database.collection("shortened_access_lists"));
  }

  /// One address, or a range of them.
  ///
  /// @param id 24 hex digits
  public record Entry(String id, String address, String comment) {}

  /// What a new app has: everybody may call it.
  public void open(AppId appId) {
    entries.insert(document(appId, new Entry(Ids.next(), ServiceTerms.EVERYWHERE, "")));
  }

  /// The entries of an app, the oldest one first.
  public List<Entry> of(AppId appId) {
    return entries.all(where("appId", appId.value()), ADDED_AT).stream()
        .map(AccessList::entry)
        .toList();
  }

  List<String> addresses(AppId appId) {
    List<String> addresses = of(appId).stream().map(Entry::address).toList();
    return addresses.isEmpty() && shortened.find(byId(appId.value())).isEmpty()
        ? List.of(ServiceTerms.EVERYWHERE)
        : addresses;
  }

  public Optional<Entry> find(AppId appId, String id) {
    return entries.find(byId(id).put("appId", appId.value())).map(AccessList::entry);
  }

  /// Adds an entry.
  ///
  /// @throws Refusal when the address is on the list already
  public void add(AppId appId, Entry entry) {
    if (!entries.insert(document(appId, entry))) {
      throw alreadyThere(entry.address());
    }
  }

  /// Changes address and comment of an entry.
  ///
  /// @throws Refusal when another one has the address
  public void change(AppId appId, Entry entry) {
    JsonObject fields =
        new JsonObject().put("address", entry.address()).put("comment", entry.comment());
    if (!entries.update(byId(entry.id()).put("appId", appId.value()), set(fields))) {
      throw alreadyThere(entry.address());
    }
  }

  private static Refusal alreadyThere(String address) {
    return Refusal.conflict("AllowedIPAlreadyExists", "allowed IP already exists: " + address);
  }

  public void remove(AppId appId, String id) {
    // Before the entry is gone, should this process die in between.
    shortened.insert(byId(appId.value()));
    entries.remove(byId(id).put("appId", appId.value()));
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    entries.removeAll(where("appId", appId.value()));
    shortened.remove(byId(appId.value()));
  }

  private static JsonObject document(AppId appId, Entry entry) {
    return byId(entry.id())
        .put("appId", appId.value())
        .put("address", entry.address())
        .put("comment", entry.comment())
        .put(ADDED_AT, date(Instant.now()));
  }

  private static Entry entry(JsonObject document) {
    return new Entry(
        document.getString("_id"), document.getString("address"), document.getString("comment"));
  }
}
