package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What was deployed, and going back to it.
@Command(
    name = "deploy",
    description = "List the deployments of an app, or go back to one.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class DeployCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with deploy?");
  }

  @Command(name = "list", description = "Print the deployments, the newest first.")
  int list(@Mixin ConnectionOptions connection, @Mixin AppOptions apps) {
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/deployments";
          connection.print(
              AdminApi.objects(api.get(path)),
              List.of("_id", "deployed_at", "status", "status_error_message"));
          return 0;
        });
  }

  @Command(name = "redeploy", description = "Bring an earlier deployment back.")
  int redeploy(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Parameters(paramLabel = "ID", description = "the deployment") String id) {
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/deployments/";
          api.post(path + AdminApi.encoded(id) + "/redeploy", null);
          connection.print("the deployment " + id + " is back", Fields.none().with("_id", id));
          return 0;
        });
  }
}
