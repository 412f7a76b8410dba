package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Logs in, and keeps the session in the profile.
@Command(
    name = "login",
    description = {
      "Log in with an API key, or with --auth-type local with a name and a password.",
      "What is secret and not given is asked for."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LoginCommand implements Callable<Integer> {

  enum AuthType {
    CLOUD,
    LOCAL
  }

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--auth-type",
      defaultValue = "cloud",
      description = "cloud or local (${DEFAULT-VALUE})")
  private AuthType authType = AuthType.CLOUD;

  @Option(
      names = {"--api-key", "--username"},
      paramLabel = "NAME",
      required = true,
      description = "the public part of an API key, or a name")
  private String name = "";

  @Option(
      names = {"--private-api-key", "--password"},
      paramLabel = "SECRET",
      description = "the private part of the API key, or the password")
  private @Nullable String secret;

  @Override
  public Integer call() {
    String given = secret == null ? ask() : secret;
    Fields body =
        switch (authType) {
          case CLOUD -> Fields.none().with("username", name).with("apiKey", given);
          case LOCAL -> Fields.none().with("username", name).with("password", given);
        };
    String provider =
        switch (authType) {
          case CLOUD -> "mongodb-cloud";
          case LOCAL -> "local-userpass";
        };
    Profile anonymous = Profile.anonymous(connection.profile().url());
    try (AdminApi api = new AdminApi(anonymous, _ -> {})) {
      AdminApi.Answer answer =
          api.send(
              "POST",
              "/auth/providers/" + provider + "/login",
              JsonWriter.compact(body).getBytes(StandardCharsets.UTF_8),
              "application/json");
      if (!answer.isSuccess() || !(answer.json() instanceof Fields session)) {
        throw new CommandFailure(AdminApi.messageOf(answer));
      }
      Profile loggedIn =
          new Profile(
              anonymous.url(), name, session.text("access_token"), session.text("refresh_token"));
      connection.profiles().save(connection.profileName(), loggedIn);
      connection.print(
          "logged in at " + loggedIn.url() + " as " + name,
          Fields.none().with("url", loggedIn.url().toString()).with("user", name));
      return 0;
    }
  }

  private static String ask() {
    return Terminal.secret("Secret: ")
        .orElseThrow(
            () -> new CommandFailure("the secret is missing: give it with --private-api-key"));
  }
}
