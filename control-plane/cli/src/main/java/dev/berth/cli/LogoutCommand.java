package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Ends the session of the profile.
@Command(
    name = "logout",
    description = "End the session of the profile.",
    mixinStandardHelpOptions = true)
public final class LogoutCommand implements Callable<Integer> {

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public Integer call() {
    Profile profile = connection.profile();
    String refreshToken = profile.refreshToken();
    if (refreshToken != null) {
      // The session ends here whether or not the other side can be told.
      Profile ending = profile.withAccess(refreshToken);
      try (AdminApi api = new AdminApi(ending, _ -> {})) {
        api.send("DELETE", "/auth/session", null, "");
      } catch (CommandFailure unreachable) {
        connection.out().println("the other side was not told: " + unreachable.getMessage());
      }
    }
    connection.profiles().save(connection.profileName(), Profile.anonymous(profile.url()));
    connection.print("logged out", Fields.none());
    return 0;
  }
}
