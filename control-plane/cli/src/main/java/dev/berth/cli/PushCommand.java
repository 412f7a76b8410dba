package dev.berth.cli;

import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Deploys the app in a folder.
@Command(
    name = "push",
    description = {
      "Deploy the app in a folder, else in the current one; the app there becomes what it says.",
      "An app that is not there yet is created."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PushCommand implements Callable<Integer> {

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private AppOptions apps = new AppOptions();

  @Mixin private FolderOptions folder = new FolderOptions();
  @Mixin private ImportParts parts = new ImportParts();

  @Option(
      names = {"-x", "--dry-run"},
      description = "only show what would change")
  private boolean dryRun;

  @Option(
      names = "--discard-draft",
      description = "throw away what somebody has begun there; so does --yes")
  private boolean discardDraft;

  @Override
  public Integer call() {
    parts.warn();
    LocalApp local = LocalApp.read(folder.orHere());
    return connection.with(api -> push(api, local));
  }

  private int push(AdminApi api, LocalApp local) {
    AppOptions.App app = findOrCreate(api, local);
    if (app == null) {
      connection.print("a new app \"" + local.name() + "\" would be created", Fields.none());
      return 0;
    }
    List<Json> differences = differences(api, app, local);
    Dependencies dependencies = new Dependencies(api, app.path(), local);
    boolean changesPackages = dependencies.differ();
    if (!connection.isJson()) {
      PrintWriter out = connection.out();
      for (Json difference : differences) {
        out.println(difference instanceof Text(var text) ? text : difference);
        out.println();
      }
      out.flush();
    }
    if (!dryRun && !differences.isEmpty()) {
      new DraftDeployment(api, app.path())
          .deploy(local.importBody(), discardDraft || connection.isYes());
    }
    if (!dryRun && changesPackages) {
      dependencies.install();
    }
    boolean nothing = differences.isEmpty() && !changesPackages;
    String line =
        nothing
            ? app.clientAppId() + " is up to date"
            : dryRun ? "nothing was changed" : app.clientAppId() + " is deployed" + app.served();
    connection.print(
        line,
        Fields.none()
            .with("app_id", app.clientAppId())
            .withOrWithout("endpoint_base_url", app.fields().get("endpoint_base_url"))
            .with("deployed", new Json.Truth(!dryRun && !nothing))
            .with("diffs", new Elements(differences)));
    return 0;
  }

  private AppOptions.@Nullable App findOrCreate(AdminApi api, LocalApp local) {
    String declared = local.document().content().text("app_id");
    String wanted = apps.wanted() == null ? declared : apps.wanted();
    boolean exists =
        wanted != null
            && apps.all(api).stream()
                .anyMatch(app -> String.valueOf(app.text("client_app_id")).startsWith(wanted));
    if (exists || apps.wanted() != null) {
      return apps.find(api, local.root());
    }
    if (dryRun) {
      return null;
    }
    // An app that had an App ID elsewhere keeps it, and its clients keep their URLs.
    Fields body =
        Fields.none()
            .with("name", local.name())
            .withOrWithout("client_app_id", local.document().content().get("app_id"));
    for (String field : List.of("location", "deployment_model", "environment")) {
      body = body.withOrWithout(field, local.document().content().get(field));
    }
    String region = local.document().content().text("provider_region");
    if (region != null && Regions.isKnown(region)) {
      body = body.with("provider_region", region);
    }
    String path = "/groups/" + AdminApi.encoded(apps.project(api)) + "/apps";
    return AppOptions.App.of((Fields) api.post(path, body));
  }

  /// What an import would change, one printable text each.
  static List<Json> differences(AdminApi api, AppOptions.App app, LocalApp local) {
    AdminApi.Answer answer =
        api.send(
            "POST",
            app.path() + "/import?strategy=replace-by-name&diff=true",
            local.importBody(),
            "application/json");
    if (!answer.isSuccess()) {
      throw new CommandFailure(AdminApi.messageOf(answer));
    }
    return Fields.of("all", answer.json()).elements("all");
  }
}
