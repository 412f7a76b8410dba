package dev.berth.controlplane.app;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.app.PastDeployment.Status;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// What was deployed when and by whom: the last deployments of each app.
public final class DeploymentHistory {

  /// How many are kept of each app.
  public static final int MOST = 25;

  private final DocumentCollection deployments;
  private final InstantSource clock;

  private DeploymentHistory(DocumentCollection deployments, InstantSource clock) {
    this.deployments = deployments;
    this.clock = clock;
  }

  public static DeploymentHistory in(ControlPlaneDatabase database, InstantSource clock) {
    DocumentCollection deployments = database.collection("deployments");
    deployments.index("appId");
    return new DeploymentHistory(deployments, clock);
  }

  /// Notes that a deployment begins.
  PastDeployment begin(AppId appId, String bundle, Cause cause) {
    String id = Ids.next();
    String name = cause.name() == null ? id : cause.name();
    PastDeployment begun =
        new PastDeployment(
            id,
            name,
            cause.administratorId(),
            cause.draftId(),
            cause.origin(),
            Status.CREATED,
            "",
            bundle,
            null,
            next(appId));
    deployments.insert(
        byId(id)
            .put("appId", appId.value())
            .put("name", name)
            .put("administratorId", begun.administratorId())
            .put("draftId", begun.draftId())
            .put("origin", begun.origin())
            .put("status", begun.status().name())
            .put("error", "")
            .put("bundle", bundle)
            .put("at", date(begun.at())));
    return begun;
  }

  /// The moment of a new deployment: after that of the last one, also when somebody has set the
  /// clock back. History goes by it, and forgets the oldest.
  private Instant next(AppId appId) {
    Instant now = clock.instant();
    return deployments.last(where("appId", appId.value()), "at", 1).stream()
        .map(last -> date(last, "at").plusMillis(1))
        .filter(now::isBefore)
        .findFirst()
        .orElse(now);
  }

  void succeeded(AppId appId, String id, long revision) {
    end(id, new JsonObject().put("status", Status.SUCCESSFUL.name()).put("revision", revision));
    forgetOldOnes(appId);
  }

  void failed(AppId appId, String id, String error) {
    end(id, new JsonObject().put("status", Status.FAILED.name()).put("error", error));
    forgetOldOnes(appId);
  }

  private void end(String id, JsonObject fields) {
    deployments.update(byId(id), set(fields));
  }

  private void forgetOldOnes(AppId appId) {
    List<JsonObject> all = deployments.last(where("appId", appId.value()), "at", 2 * MOST);
    all.stream().skip(MOST).forEach(old -> deployments.remove(byId(old.getString("_id"))));
  }

  /// Those of an app, the last one first.
  public List<PastDeployment> list(AppId appId) {
    return deployments.last(where("appId", appId.value()), "at", MOST).stream()
        .map(DeploymentHistory::deployment)
        .toList();
  }

  public PastDeployment require(AppId appId, String id) {
    return deployments
        .find(byId(id).put("appId", appId.value()))
        .map(DeploymentHistory::deployment)
        .orElseThrow(() -> Refusal.notFound("DeploymentNotFound", "deployment not found"));
  }

  /// Deployments that a process began and did not end.
  List<Unfinished> unfinished() {
    return deployments.all(where("status", Status.CREATED.name()), "at").stream()
        .map(found -> new Unfinished(new AppId(found.getString("appId")), found.getString("_id")))
        .toList();
  }

  record Unfinished(AppId appId, String id) {}

  /// The digests of all bundles in the history.
  public List<String> bundles() {
    return deployments.all(new JsonObject(), "_id").stream()
        .map(found -> found.getString("bundle"))
        .toList();
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    deployments.removeAll(where("appId", appId.value()));
  }

  private static PastDeployment deployment(JsonObject document) {
    return new PastDeployment(
        document.getString("_id"),
        document.getString("name"),
        document.getString("administratorId"),
        document.getString("draftId"),
        document.getString("origin"),
        Status.valueOf(document.getString("status")),
        document.getString("error"),
        document.getString("bundle"),
        document.getLong("revision"),
        date(document, "at"));
  }
}
