package dev.berth.controlplane.app;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The drafts of all apps, one at most for each administrator and app.
public final class Drafts {

  private final DocumentCollection drafts;
  private final InstantSource clock;

  private Drafts(DocumentCollection drafts, InstantSource clock) {
    this.drafts = drafts;
    this.clock = clock;
  }

  public static Drafts in(ControlPlaneDatabase database, InstantSource clock) {
    DocumentCollection drafts = database.collection("drafts");
    drafts.uniqueIndex("appId", "administratorId");
    return new Drafts(drafts, clock);
  }

  /// Opens the administrator's draft of an app.
  public Draft open(AppId appId, String administratorId) {
    Draft draft = new Draft(Ids.next(), null);
    JsonObject document =
        own(appId, administratorId).put("_id", draft.id()).put("createdAt", date(clock.instant()));
    if (!drafts.insert(document)) {
      throw Refusal.conflict("DraftAlreadyExists", "a draft already exists");
    }
    return draft;
  }

  public Optional<Draft> find(AppId appId, String administratorId) {
    return drafts.find(own(appId, administratorId)).map(Drafts::draft);
  }

  /// The draft of that id, when it is the administrator's.
  public Draft require(AppId appId, String administratorId, String id) {
    return drafts
        .find(own(appId, administratorId).put("_id", id))
        .map(Drafts::draft)
        .orElseThrow(() -> Refusal.notFound("DraftNotFound", "draft not found"));
  }

  /// Puts files into a draft.
  public void fill(AppId appId, Draft draft, String bundle) {
    JsonObject filled = new JsonObject().put("bundle", bundle);
    if (!drafts.update(byId(draft.id()).put("appId", appId.value()), set(filled))) {
      throw Refusal.notFound("DraftNotFound", "the draft was discarded meanwhile");
    }
  }

  public void discard(AppId appId, Draft draft) {
    drafts.remove(byId(draft.id()).put("appId", appId.value()));
  }

  /// Discards all drafts of an app that is gone.
  public void removeAll(AppId appId) {
    drafts.removeAll(where("appId", appId.value()));
  }

  /// The digests of all bundles in drafts.
  public List<String> bundles() {
    return drafts.all(where("bundle", new JsonObject().put("$exists", true)), "_id").stream()
        .map(draft -> draft.getString("bundle"))
        .toList();
  }

  private static JsonObject own(AppId appId, String administratorId) {
    return where("appId", appId.value()).put("administratorId", administratorId);
  }

  private static Draft draft(JsonObject document) {
    return new Draft(document.getString("_id"), document.getString("bundle"));
  }
}
