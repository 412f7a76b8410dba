package dev.berth.cli;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.JsonWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The apps of one person.
@Command(
    name = "apps",
    description = "Create, list, describe, compare and delete apps.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class AppsCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with apps?");
  }

  @Command(name = "list", description = "Print the apps.")
  int list(@Mixin ConnectionOptions connection, @Mixin AppOptions apps) {
    return connection.with(
        api -> {
          String wanted = apps.wanted();
          connection.print(
              apps.all(api).stream()
                  .filter(app -> wanted == null || AppOptions.isNamed(app, wanted))
                  .toList(),
              List.of(
                  "client_app_id",
                  "name",
                  "deployment_model",
                  "location",
                  "_id",
                  "endpoint_base_url"));
          return 0;
        });
  }

  @Command(
      name = "create",
      description = "Create an app without content, or with that of another --app.")
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Mixin NewAppOptions made,
      @Option(names = "--local", paramLabel = "DIR", description = "write its files there, too")
          @Nullable Path folder,
      @Option(
              names = {"-x", "--dry-run"},
              description = "only say what would be created")
          boolean dryRun) {
    String name = made.name();
    if (name == null) {
      throw new ParameterException(spec.commandLine(), "give the new app a --name");
    }
    return connection.with(
        api -> {
          Path here = Path.of(".");
          AppBundle other = apps.wanted() == null ? null : template(api, apps, here);
          if (folder != null) {
            ConnectionOptions.requireNoApp(folder);
          }
          if (dryRun) {
            connection.print("a new app \"" + name + "\" would be created", Fields.none());
            return 0;
          }
          String path = "/groups/" + AdminApi.encoded(apps.project(api)) + "/apps";
          AppOptions.App app = AppOptions.App.of((Fields) api.post(path, made.fields()));
          if (other != null) {
            importAtOnce(api, app, LocalApp.of(here, other, Fields.none()).importBody());
          }
          if (folder != null) {
            String export = app.path() + "/export?source_control=true&version=20210101";
            PullCommand.write(PullCommand.bundle(api.download(export).body()), folder);
          }
          connection.print("created " + app.clientAppId() + app.served(), app.fields());
          return 0;
        });
  }

  /// The files of an app that is there, without its identity.
  private static AppBundle template(AdminApi api, AppOptions apps, Path folder) {
    String path = apps.find(api, folder).path();
    return PullCommand.bundle(api.download(path + "/export?template=true&version=20210101").body());
  }

  private static void importAtOnce(AdminApi api, AppOptions.App app, byte[] document) {
    AdminApi.Answer answer = api.send("POST", app.path() + "/import", document, "application/json");
    if (!answer.isSuccess()) {
      throw new CommandFailure(
          app.clientAppId() + " is created, but empty: " + AdminApi.messageOf(answer));
    }
  }

  @Command(name = "describe", description = "Print what an app consists of.")
  int describe(@Mixin ConnectionOptions connection, @Mixin AppOptions apps) {
    return connection.with(
        api -> {
          Json description = api.get(apps.find(api, Path.of(".")).path() + "/description");
          connection.out().print(JsonWriter.pretty(description));
          connection.out().flush();
          return 0;
        });
  }

  @Command(
      name = "diff",
      description = "Print what pushing a folder would change; exit with 1 when anything would.")
  int diff(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Mixin FolderOptions folder,
      @Mixin ImportParts parts) {
    parts.warn();
    LocalApp local = LocalApp.read(folder.orHere());
    return connection.with(
        api -> {
          AppOptions.App app = apps.find(api, local.root());
          List<Json> differences = PushCommand.differences(api, app, local);
          if (connection.isJson()) {
            connection.print("", new Elements(differences));
          } else {
            differences.forEach(
                difference ->
                    connection.out().println(difference instanceof Text(var text) ? text : ""));
            connection.out().flush();
          }
          return differences.isEmpty() ? 0 : 1;
        });
  }

  @Command(name = "delete", description = "Delete an app with all it has.")
  int delete(@Mixin ConnectionOptions connection, @Mixin AppOptions apps) {
    return connection.with(
        api -> {
          AppOptions.App app = apps.find(api, Path.of("."));
          if (!connection.agrees("Delete " + app.clientAppId() + "? Type yes: ")) {
            throw new CommandFailure(app.clientAppId() + " was not deleted; say --yes to mean it");
          }
          api.delete(app.path());
          connection.print(app.clientAppId() + " is deleted", app.fields());
          return 0;
        });
  }

  @Command(name = "init", description = "Write an app without content, or one like another.")
  int init(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Mixin NewAppOptions made,
      @Mixin FolderOptions folder) {
    if (made.name() == null && apps.wanted() == null) {
      throw new ParameterException(
          spec.commandLine(), "give the new app a --name, or another --app to begin with");
    }
    return apps.wanted() == null
        ? connection.written(NewApp.with(made.fields()), folder.orHere())
        : connection.with(
            api -> connection.written(template(api, apps, folder.orHere()), folder.orHere()));
  }
}
