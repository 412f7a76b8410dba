package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says who is logged in, and where.
@Command(
    name = "whoami",
    description = "Say who is logged in, and where.",
    mixinStandardHelpOptions = true)
public final class WhoamiCommand implements Callable<Integer> {

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    Profile profile = connection.profile();
    String user = profile.user();
    connection.print(
        user == null
            ? "nobody is logged in at " + profile.url()
            : user + " is logged in at " + profile.url(),
        Fields.none()
            .with("url", profile.url().toString())
            .withOrWithout("user", user == null ? null : new Json.Text(user)));
    return 0;
  }
}
