package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.WaitingSecrets;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of drafts and the values of secrets that came with them, and the live files that
/// they began with. Blocks.
public final class DraftFiles {

  private final Drafts drafts;
  private final WaitingSecrets waiting;
  private final BundleStore bundles;
  private final LiveApps live;
  private final Releases releases;

  public DraftFiles(
      Drafts drafts,
      WaitingSecrets waiting,
      BundleStore bundles,
      LiveApps live,
      Releases releases) {
    this.drafts = drafts;
    this.waiting = waiting;
    this.bundles = bundles;
    this.live = live;
    this.releases = releases;
  }

  /// The live files, or those that a new app begins with, with their digest as the base.
  Candidate live(RegisteredApp app) {
    app.requireOwnFiles();
    String digest = live.digest(app.appId()).orElse(Candidate.NOTHING);
    return new Candidate(stored(app, digest), Secrets.none(), digest);
  }

  private AppBundle stored(RegisteredApp app, String digest) {
    return digest.equals(Candidate.NOTHING) ? firstFiles(app) : bundles.find(digest).orElseThrow();
  }

  /// Clients count on a provider of API keys that only has to be enabled.
  private static AppBundle firstFiles(RegisteredApp app) {
    JsonObject root =
        new JsonObject()
            .put("config_version", Layout.V20210101.configVersion())
            .put("app_id", app.appId().value())
            .put("name", app.name())
            .put("location", app.placement().location())
            .put("deployment_model", app.placement().model().name());
    if (Regions.locationOf(app.placement().region()) == null) {
      root.put("provider_region", app.placement().region());
    }
    JsonObject apiKeys =
        new JsonObject()
            .put(
                "api-key",
                new JsonObject()
                    .put("name", "api-key")
                    .put("type", "api-key")
                    .put("disabled", true));
    return AppBundle.of(
        Map.of(Layout.V20210101.rootFile(), text(root), "auth/providers.json", text(apiKeys)));
  }

  private static byte[] text(JsonObject content) {
    return (content.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  Optional<Draft> find(RegisteredApp app, String administratorId) {
    return drafts.find(app.appId(), administratorId);
  }

  /// The files of a draft; the live ones as long as nothing was changed in it.
  AppBundle files(RegisteredApp app, Draft draft) {
    String bundle = draft.bundle();
    return bundle == null ? live(app).files() : bundles.find(bundle).orElseThrow();
  }

  /// Fills a draft with what was made of its own files.
  void edit(RegisteredApp app, Draft draft, Candidate edited) {
    String base = draft.base() == null ? String.valueOf(edited.base()) : draft.base();
    fill(app, draft, edited, base);
  }

  /// Fills a draft with what was made of the live files.
  void replace(RegisteredApp app, Draft draft, Candidate upload) {
    fill(app, draft, upload, String.valueOf(upload.base()));
  }

  private void fill(RegisteredApp app, Draft draft, Candidate with, String base) {
    Secrets values = values(draft).and(with.secrets());
    List<Problem> problems = releases.problems(app, with.files(), values);
    if (problems.stream().anyMatch(Problem::isError)) {
      throw AppWorkspace.refused(problems);
    }
    String holder = values.names().isEmpty() ? null : Ids.next();
    if (holder != null) {
      waiting.keep(holder, app.appId(), values);
    }
    drafts.fill(app.appId(), draft, draft.with(bundles.put(with.files()), base, holder));
    forgetValues(draft);
  }

  private Secrets values(Draft draft) {
    return draft.secrets() == null ? Secrets.none() : waiting.read(draft.secrets());
  }

  /// What goes live with a draft. Packages and other files that no draft holds are those that are
  /// live now.
  ///
  /// @throws Refusal when the app itself is not what the draft was made of any more
  Candidate candidate(RegisteredApp app, Draft draft) {
    Candidate now = live(app);
    if (draft.bundle() == null) {
      return now;
    }
    AppBundle files = files(app, draft);
    String base = draft.base();
    if (base == null || base.equals(now.base())) {
      return new Candidate(files, values(draft), now.base());
    }
    AppDocument live = AppWorkspace.document(now.files());
    if (!AppWorkspace.document(stored(app, base)).content().equals(live.content())) {
      throw Refusal.conflict(
          "DraftOutdated",
          "somebody else has deployed the app since the draft was made: discard it and begin again");
    }
    AppExport.Read read = AppWorkspace.read(files);
    AppBundle onTop =
        AppWorkspace.taken(AppExport.bundle(read.document().with(live.files()), read.layout()));
    return new Candidate(onTop, values(draft), now.base());
  }

  /// Discards a draft with everything in it.
  public void discard(AppId appId, Draft draft) {
    drafts.discard(appId, draft);
    forgetValues(draft);
  }

  /// Discards a draft that is live, unless somebody has worked on it meanwhile.
  void discardDeployed(RegisteredApp app, Draft draft) {
    if (drafts.discardDeployed(app.appId(), draft)) {
      forgetValues(draft);
    }
  }

  private void forgetValues(Draft draft) {
    if (draft.secrets() != null) {
      waiting.remove(draft.secrets());
    }
  }
}
