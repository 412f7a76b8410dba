package dev.berth.cli;

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
import picocli.CommandLine.Parameters;
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
          connection.print(
              apps.all(api),
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

  @Command(name = "create", description = "Create an app without content.")
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(
              names = {"-n", "--name"},
              required = true,
              description = "its name")
          String name,
      @Option(
              names = {"-l", "--location"},
              description = "where it lives, such as US-VA")
          @Nullable String location,
      @Option(names = "--provider-region", description = "the same by name, such as aws-us-east-1")
          @Nullable String region,
      @Option(
              names = {"-d", "--deployment-model"},
              description = "GLOBAL or LOCAL")
          @Nullable String model,
      @Option(
              names = {"-e", "--environment"},
              description = "such as production")
          @Nullable String environment) {
    Fields body =
        Fields.none()
            .with("name", name)
            .withOrWithout("location", text(location))
            .withOrWithout("provider_region", text(region))
            .withOrWithout("deployment_model", text(model))
            .withOrWithout("environment", text(environment));
    return connection.with(
        api -> {
          String path = "/groups/" + AdminApi.encoded(apps.project(api)) + "/apps";
          Fields app = (Fields) api.post(path, body);
          connection.print(
              "created " + app.text("client_app_id") + AppOptions.App.of(app).served(), app);
          return 0;
        });
  }

  private static @Nullable Json text(@Nullable String text) {
    return text == null ? null : new Text(text);
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
      @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = ".") Path folder) {
    LocalApp local = LocalApp.read(folder);
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
  int delete(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(
              names = {"-y", "--yes"},
              description = "without being asked")
          boolean yes) {
    return connection.with(
        api -> {
          AppOptions.App app = apps.find(api, Path.of("."));
          if (!yes && !Terminal.agrees("Delete " + app.clientAppId() + "? Type yes: ")) {
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
      @Option(
              names = {"-n", "--name"},
              description = "its name; without it that of the other app")
          @Nullable String name,
      @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = ".") Path folder) {
    if (name == null && apps.wanted() == null) {
      throw new ParameterException(
          spec.commandLine(), "give the new app a --name, or another --app to begin with");
    }
    return apps.wanted() == null
        ? connection.written(NewApp.named(String.valueOf(name)), folder)
        : connection.with(
            api -> {
              String path = apps.find(api, folder).path();
              byte[] archive = api.download(path + "/export?template=true&version=20210101").body();
              return connection.written(PullCommand.bundle(archive), folder);
            });
  }
}
