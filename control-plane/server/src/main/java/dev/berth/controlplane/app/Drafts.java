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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The drafts of all apps, one at most for each administrator and app.
public final class Drafts {

  /// Code of the refusal of whoever worked on what somebody else has changed.
  static final String CHANGED = "AppChanged";

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
    Draft draft = new Draft(Ids.next(), null, null, null);
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
  ///
  /// @param before what the files were made of
  /// @throws Refusal when that is not the draft any more
  void fill(AppId appId, Draft before, Draft filled) {
    JsonObject fields =
        new JsonObject()
            .put("bundle", filled.bundle())
            .put("base", filled.base())
            .put("secrets", filled.secrets());
    if (!drafts.update(exactly(appId, before), set(fields))) {
      if (drafts.find(byId(before.id())).isEmpty()) {
        throw Refusal.notFound("DraftNotFound", "the draft was discarded meanwhile");
      }
      throw Refusal.conflict(CHANGED, "the draft was changed meanwhile: read it and try again");
    }
  }

  /// Discards a draft, whatever became of it meanwhile.
  void discard(AppId appId, Draft draft) {
    drafts.remove(byId(draft.id()).put("appId", appId.value()));
  }

  /// Discards a draft that was deployed, unless it was changed meanwhile.
  boolean discardDeployed(AppId appId, Draft draft) {
    return drafts.remove(exactly(appId, draft));
  }

  private static JsonObject exactly(AppId appId, Draft draft) {
    return byId(draft.id()).put("appId", appId.value()).put("bundle", draft.bundle());
  }

  /// Discards all drafts of an app that is gone.
  public void removeAll(AppId appId) {
    drafts.removeAll(where("appId", appId.value()));
  }

  /// The digests of all bundles in drafts, and of those that they were made of.
  public List<String> bundles() {
    return all()
        .flatMap(draft -> Stream.of(draft.bundle(), draft.base()))
        .<String>mapMulti(Drafts::present)
        .toList();
  }

  /// What values of secrets wait under for all drafts.
  public List<String> secrets() {
    return all().map(Draft::secrets).<String>mapMulti(Drafts::present).toList();
  }

  private Stream<Draft> all() {
    return drafts.all(new JsonObject(), "_id").stream().map(Drafts::draft);
  }

  private static void present(@Nullable String text, Consumer<String> to) {
    if (text != null) {
      to.accept(text);
    }
  }

  private static JsonObject own(AppId appId, String administratorId) {
    return where("appId", appId.value()).put("administratorId", administratorId);
  }

  private static Draft draft(JsonObject document) {
    return new Draft(
        document.getString("_id"),
        document.getString("bundle"),
        document.getString("base"),
        document.getString("secrets"));
  }
}
