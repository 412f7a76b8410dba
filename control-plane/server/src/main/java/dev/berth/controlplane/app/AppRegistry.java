package dev.berth.controlplane.app;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.region.Placement;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.controlplane.tenant.Quota;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which apps there are and whose they are. An App ID belongs to one app of the installation for
/// ever, because it is the key of a document that stays when the app is gone.
public final class AppRegistry {

  private static final int SUFFIX_LETTERS = 5;

  /// Project and name of an app that administrators made; those of folders may share a name.
  private static final String NAME_KEY = "nameKey";

  private static final String REMOVED_AT = "removedAt";
  private static final String REFRESH_TOKEN_SECONDS = "refreshTokenSeconds";
  private static final String IS_BEING_REMOVED = "isBeingRemoved";

  private final DocumentCollection apps;
  private final InstantSource clock;
  private final int mostPerProject;

  private AppRegistry(DocumentCollection apps, InstantSource clock, int mostPerProject) {
    this.apps = apps;
    this.clock = clock;
    this.mostPerProject = mostPerProject;
  }

  /// The apps in a database.
  ///
  /// @param mostPerProject how many apps a project may have
  public static AppRegistry in(
      ControlPlaneDatabase database, InstantSource clock, int mostPerProject) {
    DocumentCollection apps = database.collection("apps");
    apps.uniqueSparseIndex("internalId");
    apps.uniqueSparseIndex(NAME_KEY);
    apps.index("projectId");
    return new AppRegistry(apps, clock, mostPerProject);
  }

  /// Makes an app in a project.
  public RegisteredApp add(String projectId, NewApp wanted) {
    requireFree(projectId, wanted.name());
    if (apps.count(where("projectId", projectId)) >= mostPerProject) {
      throw Refusal.conflict(
          "AppLimitReached", "a project may have at most " + mostPerProject + " apps");
    }
    AppId wish = wanted.appId();
    AppId appId =
        wish == null ? new AppId(wanted.slug() + "-" + Ids.letters(SUFFIX_LETTERS)) : wish;
    Instant now = clock.instant();
    JsonObject document =
        byId(appId.value())
            .put("internalId", Ids.next())
            .put("projectId", projectId)
            .put("name", wanted.name())
            .put(NAME_KEY, nameKey(projectId, wanted.name()))
            .put("region", wanted.placement().region())
            .put("deploymentModel", wanted.placement().model().name())
            .put("environment", wanted.environment())
            .put("secretsVersion", 0)
            .put("createdAt", date(now))
            .put("lastModified", date(now));
    if (!apps.insert(document)) {
      requireFree(projectId, wanted.name());
      if (wish != null) {
        throw Refusal.conflict(
            "AppIdInUse", "that App ID is taken, or an app had it that was deleted: " + wish);
      }
      return add(projectId, wanted);
    }
    return app(document);
  }

  private void requireFree(String projectId, String name) {
    if (apps.find(where("projectId", projectId).put("name", name)).isPresent()) {
      throw Refusal.conflict("AppNameInUse", "there is an app of that name: " + name);
    }
  }

  private static String nameKey(String projectId, String name) {
    return projectId + "/" + name;
  }

  /// How many apps some projects have together.
  long count(List<String> projectIds) {
    return apps.count(where("projectId", new JsonObject().put("$in", new JsonArray(projectIds))));
  }

  /// The apps of a project, in the order of their App IDs.
  public List<RegisteredApp> list(String projectId) {
    return apps.all(where("projectId", projectId), "_id").stream().map(AppRegistry::app).toList();
  }

  /// Every app.
  public List<RegisteredApp> all() {
    return apps.all(where("internalId", new JsonObject().put("$exists", true)), "_id").stream()
        .map(AppRegistry::app)
        .toList();
  }

  /// An app of a project; empty when it is in another project or nowhere.
  public Optional<RegisteredApp> find(String projectId, String internalId) {
    return apps.find(where("internalId", internalId).put("projectId", projectId))
        .map(AppRegistry::app);
  }

  /// An app of whatever project; empty when there is none, or none any more.
  public Optional<RegisteredApp> find(AppId appId) {
    return apps.find(byId(appId.value()).put("internalId", new JsonObject().put("$exists", true)))
        .map(AppRegistry::app);
  }

  /// The app as it is now; it may have been deleted since somebody asked for it.
  RegisteredApp current(RegisteredApp asked) {
    return find(asked.projectId(), asked.internalId())
        .orElseThrow(
            () -> Refusal.notFound("AppNotFound", "app not found: '" + asked.internalId() + "'"));
  }

  /// Takes over what a deployment says of the app itself.
  public void deployed(AppId appId, String environment) {
    change(
        appId,
        set(
            new JsonObject()
                .put("environment", environment)
                .put("lastModified", date(clock.instant()))));
  }

  /// Notes that a secret of the app has changed.
  public void secretsChanged(AppId appId) {
    change(appId, where("$inc", new JsonObject().put("secretsVersion", 1)));
  }

  /// Sets whether fields of its data may be `null` that no schema requires.
  public void allowNulls(AppId appId, boolean allowed) {
    change(appId, set(new JsonObject().put("nullsAllowed", allowed)));
  }

  /// Notes that the app is served on other terms.
  void termsChanged(AppId appId) {
    change(appId, where("$inc", new JsonObject().put("termsVersion", 1)));
  }

  /// Notes that all apps of some projects are served on other terms.
  void termsChanged(List<String> projects) {
    apps.updateAll(
        where("projectId", new JsonObject().put("$in", new JsonArray(projects))),
        where("$inc", new JsonObject().put("termsVersion", 1)));
  }

  /// Says how much an app may use.
  public void setQuota(AppId appId, Quota quota) {
    change(appId, set(where("quota", quota.json())));
  }

  /// Says how long sessions of its users live.
  public void setRefreshTokenLife(AppId appId, Duration life) {
    change(appId, set(where(REFRESH_TOKEN_SECONDS, life.toSeconds())));
  }

  /// Puts an app elsewhere, and writes down when. Those who serve it see by the number of its
  /// terms that something is new.
  public void move(RegisteredApp app, Placement to) {
    place(app, to, new Move(app.placement(), to, clock.instant(), true));
  }

  /// Puts an app back where it was, because it could not be served elsewhere.
  ///
  /// @param app as it was before
  public void moveFailed(RegisteredApp app, Placement to) {
    place(app, app.placement(), new Move(app.placement(), to, clock.instant(), false));
  }

  private void place(RegisteredApp app, Placement at, Move move) {
    change(
        app.appId(),
        set(document(at).put("move", move.document()))
            .put("$inc", new JsonObject().put("termsVersion", 1)));
  }

  private static JsonObject document(Placement at) {
    return new JsonObject().put("region", at.region()).put("deploymentModel", at.model().name());
  }

  /// The last move of an app; empty when there was none.
  public Optional<Move> lastMove(RegisteredApp app) {
    return apps.find(byId(app.appId().value()))
        .map(found -> found.getJsonObject("move"))
        .map(Move::of);
  }

  /// An app went from one place to another, or should have.
  ///
  /// @param succeeded whether it is there
  public record Move(Placement from, Placement to, Instant at, boolean succeeded) {

    private JsonObject document() {
      return new JsonObject()
          .put("at", date(at))
          .put("from", AppRegistry.document(from))
          .put("to", AppRegistry.document(to))
          .put("succeeded", succeeded);
    }

    private static Move of(JsonObject document) {
      return new Move(
          placement(document.getJsonObject("from")),
          placement(document.getJsonObject("to")),
          date(document, "at"),
          document.getBoolean("succeeded"));
    }
  }

  private void change(AppId appId, JsonObject change) {
    if (!apps.update(byId(appId.value()), change)) {
      throw Refusal.notFound("AppNotFound", "the app " + appId + " was deleted meanwhile");
    }
  }

  /// Hides an app from everybody. What it had can go from here on, and its name is free.
  ///
  /// @return false when somebody else did
  boolean beginRemoval(RegisteredApp app) {
    JsonObject gone = new JsonObject();
    for (String field : List.of("internalId", "projectId", "name", NAME_KEY, "lastModified")) {
      gone.put(field, "");
    }
    JsonObject marks =
        new JsonObject().put(IS_BEING_REMOVED, true).put(REMOVED_AT, date(clock.instant()));
    return apps.update(
        byId(app.appId().value()).put("internalId", app.internalId()),
        set(marks).put("$unset", gone));
  }

  /// Apps whose removal has begun and not ended.
  List<AppId> beingRemoved() {
    return apps.all(where(IS_BEING_REMOVED, true), "_id").stream()
        .map(found -> new AppId(found.getString("_id")))
        .toList();
  }

  /// Notes that nothing is left of an app but its App ID, which nobody else gets.
  void endRemoval(AppId appId) {
    apps.update(byId(appId.value()), where("$unset", new JsonObject().put(IS_BEING_REMOVED, "")));
  }

  /// Older versions wrote down a location code.
  private static Placement placement(JsonObject document) {
    String code = document.getString("location", "");
    String region = document.getString("region", Regions.ofLocation(code));
    return new Placement(
        DeploymentModel.valueOf(
            document.getString("deploymentModel", DeploymentModel.GLOBAL.name())),
        region == null ? Regions.USUAL : region);
  }

  private static @Nullable Duration seconds(@Nullable Long count) {
    return count == null ? null : Duration.ofSeconds(count);
  }

  private static RegisteredApp app(JsonObject document) {
    return new RegisteredApp(
        document.getString("internalId"),
        new AppId(document.getString("_id")),
        document.getString("projectId"),
        document.getString("name"),
        placement(document),
        document.getString("environment", ""),
        document.getBoolean("fromFolder", false),
        document.getInteger("secretsVersion", 0),
        document.getBoolean("nullsAllowed", false),
        Quota.of(document.getJsonObject("quota")),
        seconds(document.getLong(REFRESH_TOKEN_SECONDS)),
        document.getInteger("termsVersion", 0),
        date(document, "createdAt"),
        date(document, "lastModified"));
  }
}
