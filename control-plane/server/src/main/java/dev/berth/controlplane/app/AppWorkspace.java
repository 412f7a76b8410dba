package dev.berth.controlplane.app;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.difference.AppDifferences;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.document.ImportDocument;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.AppSecrets;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of apps as administrators work on them: what is there, what would change, and how
/// something new takes its place, at once or in a draft.
public final class AppWorkspace {

  private static final int MOST_PROBLEMS = 20;

  private final Releases releases;
  private final BundleStore bundles;
  private final Drafts drafts;
  private final AppSecrets secrets;

  public AppWorkspace(Releases releases, BundleStore bundles, Drafts drafts, AppSecrets secrets) {
    this.releases = releases;
    this.bundles = bundles;
    this.drafts = drafts;
    this.secrets = secrets;
  }

  /// What came with an import.
  ///
  /// @param files of the whole app
  /// @param secrets values that the files name
  public record Upload(AppBundle files, Secrets secrets) {}

  /// The files as they are live, or those that a new app begins with.
  public AppBundle current(RegisteredApp app) {
    requireOwnFiles(app);
    return releases.live(app).orElseGet(() -> firstFiles(app));
  }

  private static AppBundle firstFiles(RegisteredApp app) {
    JsonObject root =
        new JsonObject()
            .put("config_version", Layout.V20210101.configVersion())
            .put("app_id", app.appId().value())
            .put("name", app.name())
            .put("location", app.location())
            .put("deployment_model", app.deploymentModel());
    byte[] text = (root.encodePrettily() + "\n").getBytes(StandardCharsets.UTF_8);
    return AppBundle.of(Map.of(Layout.V20210101.rootFile(), text));
  }

  /// The files of a draft; the live ones as long as nothing was changed in it.
  public AppBundle files(RegisteredApp app, Draft draft) {
    String bundle = draft.bundle();
    return bundle == null ? current(app) : bundles.find(bundle).orElseThrow();
  }

  /// A document on its way through an editor.
  ///
  /// @param layout of the files that it becomes
  /// @param base digest of the files that were live when it was read; `null` for none
  public record Work(AppDocument document, Layout layout, @Nullable String base) {

    /// The same after a change.
    public Work with(AppDocument changed) {
      return new Work(changed, layout, base);
    }
  }

  /// What an administrator works on: the draft when there is one, what is live otherwise.
  public Work worked(RegisteredApp app, String administratorId) {
    String base = releases.liveDigest(app).orElse(null);
    AppBundle files =
        drafts
            .find(app.appId(), administratorId)
            .map(draft -> files(app, draft))
            .orElseGet(() -> current(app));
    return switch (AppExport.document(files)) {
      case AppExport.Read(var document, var layout) -> new Work(document, layout, base);
      case AppExport.Refused(var problems) -> throw refused(problems);
    };
  }

  /// Puts an edited document in the place of the one that the administrator works on.
  public void edit(RegisteredApp app, String administratorId, Work edited) {
    AppBundle files = taken(AppExport.bundle(edited.document(), edited.layout()));
    Optional<Draft> draft = drafts.find(app.appId(), administratorId);
    if (draft.isPresent()) {
      fill(app, draft.get(), files);
    } else {
      requireLive(releases.deployEdited(app, edited.base(), files, Cause.edit(administratorId)));
    }
  }

  /// The files as one document.
  public AppDocument document(AppBundle files) {
    return switch (AppExport.document(files)) {
      case AppExport.Read(var document, _) -> document;
      case AppExport.Refused(var problems) -> throw refused(problems);
    };
  }

  /// Reads what an import sends. It is about this app, whatever it says of its name and App ID;
  /// what an import cannot carry, such as packages, stays as it is.
  public Upload read(RegisteredApp app, byte[] body) {
    return switch (ImportDocument.read(body)) {
      case ImportDocument.Refused(var problems) -> throw refused(problems);
      case ImportDocument.Taken(var sent, var layout, var values) -> {
        AppDocument now = document(current(app));
        AppDocument wanted = sent.about(now).with(now.files());
        yield new Upload(taken(AppExport.bundle(wanted, layout)), values);
      }
    };
  }

  /// The files of a bundle that could be taken.
  public static AppBundle taken(AppBundle.Result result) {
    return switch (result) {
      case AppBundle.Taken(var bundle) -> bundle;
      case AppBundle.Refused(var problems) -> throw refused(problems);
    };
  }

  /// One text for each difference between what is live and these files.
  public List<String> differences(RegisteredApp app, AppBundle wanted) {
    return AppDifferences.between(document(current(app)), document(wanted));
  }

  /// Puts new files in the place of the old ones: into the administrator's draft when there is
  /// one, and live at once otherwise.
  public void replace(RegisteredApp app, String administratorId, Upload upload) {
    keepSecrets(app, upload.secrets());
    Optional<Draft> draft = drafts.find(app.appId(), administratorId);
    if (draft.isEmpty()) {
      requireLive(releases.deploy(app, upload.files(), Cause.importing(administratorId)));
      return;
    }
    fill(app, draft.get(), upload.files());
  }

  private void fill(RegisteredApp app, Draft draft, AppBundle files) {
    List<Problem> problems = releases.problems(app, files);
    if (!problems.isEmpty()) {
      throw refused(problems);
    }
    drafts.fill(app.appId(), draft, bundles.put(files));
  }

  private void keepSecrets(RegisteredApp app, Secrets values) {
    if (!values.names().isEmpty()) {
      releases.withSecrets(
          app,
          () ->
              values.names().stream()
                  .sorted()
                  .forEach(
                      name -> secrets.put(app.appId(), name, String.valueOf(values.find(name)))));
    }
  }

  /// Refuses with every problem when a deployment has failed.
  public void requireLive(Releases.Result result) {
    if (result instanceof Releases.Failed(_, var problems)) {
      throw refused(problems);
    }
  }

  private static Refusal refused(List<Problem> problems) {
    List<String> errors =
        problems.stream().filter(Problem::isError).map(Problem::toString).toList();
    String shown = String.join("\n", errors.subList(0, Math.min(MOST_PROBLEMS, errors.size())));
    String more =
        errors.size() > MOST_PROBLEMS ? "\nand " + (errors.size() - MOST_PROBLEMS) + " more" : "";
    return Refusal.of(Refusal.Kind.INVALID, "InvalidApp", shown + more);
  }

  private static void requireOwnFiles(RegisteredApp app) {
    if (app.fromFolder()) {
      throw Refusal.conflict(
          "AppServedFromFolder",
          "the app " + app.appId() + " is served from a folder: look at the files there");
    }
  }
}
