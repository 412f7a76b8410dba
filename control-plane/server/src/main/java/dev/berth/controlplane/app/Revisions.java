package dev.berth.controlplane.app;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The revisions of all apps. The one with the highest number is live: to add one is to deploy
/// it, in one step that happens or does not.
public final class Revisions {

  /// A few, so that whoever reads the latest one while another comes finds it.
  private static final int KEPT = 3;

  private final DocumentCollection revisions;
  private final InstantSource clock;

  private Revisions(DocumentCollection revisions, InstantSource clock) {
    this.revisions = revisions;
    this.clock = clock;
  }

  public static Revisions in(ControlPlaneDatabase database, InstantSource clock) {
    return new Revisions(database.collection("revisions"), clock);
  }

  public Optional<LiveRevision> live(AppId appId) {
    return revisions.last(where("appId", appId.value()), "number", 1).stream()
        .findFirst()
        .map(Revisions::revision);
  }

  /// The numbers of the live revisions of all apps.
  Map<AppId, Long> numbers() {
    Map<AppId, Long> numbers = new HashMap<>();
    FindOptions fields =
        new FindOptions().setFields(new JsonObject().put("appId", 1).put("number", 1));
    for (JsonObject found : revisions.find(new JsonObject(), fields)) {
      numbers.merge(
          new AppId(found.getString("appId")),
          found.getLong("number"),
          (one, other) -> Math.max(one, other));
    }
    return numbers;
  }

  /// Adds a revision, unless the live one has that digest already.
  ///
  /// @param base the bundle that must be live until then, [Candidate#NOTHING] for none; `null`
  /// for any
  /// @return the live one now
  /// @throws Refusal when another one than the base is live
  LiveRevision add(
      AppId appId,
      String digest,
      String bundle,
      @Nullable String deploymentId,
      @Nullable String base) {
    Optional<LiveRevision> live = live(appId);
    if (base != null && !base.equals(live.map(LiveRevision::bundle).orElse(Candidate.NOTHING))) {
      throw Refusal.conflict(
          Drafts.CHANGED, "somebody else changed the app meanwhile: read it and try again");
    }
    if (live.isPresent() && live.get().digest().equals(digest)) {
      return live.get();
    }
    Revision next = live.map(found -> found.revision().next()).orElse(new Revision(1));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean added =
        revisions.insert(
            byId(appId + "/" + next)
                .put("appId", appId.value())
                .put("number", next.number())
                .put("deployedAt", date(now))
                .put("digest", digest)
                .put("bundle", bundle)
                .put("deploymentId", deploymentId));
    if (!added) {
      // Another process deployed at the same time; this one goes live after it.
      return add(appId, digest, bundle, deploymentId, base);
    }
    forgetOldOnes(appId);
    return new LiveRevision(next, now, digest, bundle, deploymentId);
  }

  private void forgetOldOnes(AppId appId) {
    revisions.last(where("appId", appId.value()), "number", 2 * KEPT).stream()
        .skip(KEPT)
        .forEach(old -> revisions.remove(byId(old.getString("_id"))));
  }

  /// Whether a deployment became a revision that is still known.
  Optional<Long> madeBy(String deploymentId) {
    return revisions
        .find(where("deploymentId", deploymentId))
        .map(found -> found.getLong("number"));
  }

  /// The digests of all bundles of revisions.
  public List<String> bundles() {
    return revisions.all(where("bundle", new JsonObject().put("$exists", true)), "_id").stream()
        .map(found -> found.getString("bundle"))
        .toList();
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    revisions.removeAll(where("appId", appId.value()));
  }

  private static LiveRevision revision(JsonObject document) {
    return new LiveRevision(
        new Revision(document.getLong("number")),
        date(document, "deployedAt"),
        document.getString("digest"),
        document.getString("bundle"),
        document.getString("deploymentId"));
  }
}
