package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The users of an app.
@Command(
    name = "users",
    description = "Manage the users of an app.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class UsersCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with users?");
  }

  enum UserType {
    EMAIL("email"),
    API_KEY("api-key");

    private final String word;

    UserType(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  @Command(name = "list", description = "Print the users.")
  int list(
      @Mixin ConnectionOptions connection, @Mixin AppOptions apps, @Mixin SelectedUsers selected) {
    return connection.with(
        api -> {
          String app = apps.find(api, Path.of(".")).path();
          List<Fields> rows = new ArrayList<>();
          for (Fields user : selected.of(api, app)) {
            rows.add(connection.isJson() ? user : row(user));
          }
          connection.print(rows, List.of("_id", "name", "providers", "disabled"));
          return 0;
        });
  }

  private static Fields row(Fields user) {
    Fields data = user.fields("data");
    String email = data.text("email");
    String name = email == null ? data.text("name") : email;
    List<String> providers =
        user.objects("identities").stream()
            .map(identity -> String.valueOf(identity.text("provider_type")))
            .toList();
    return user.with("name", name == null ? "" : name)
        .with("providers", String.join(" ", providers));
  }

  @Command(name = "create", description = "Add a user with an e-mail address, or an API key.")
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(names = "--type", defaultValue = "email", description = "email or api-key")
          UserType type,
      @Option(names = "--email", description = "the address") @Nullable String email,
      @Option(names = "--password", description = "the password") @Nullable String password,
      @Option(names = "--name", description = "the name of the API key") @Nullable String name) {
    return connection.with(
        api -> {
          String app = apps.find(api, Path.of(".")).path();
          switch (type) {
            case EMAIL -> {
              Fields body =
                  Fields.none()
                      .with("email", required("--email", email))
                      .with("password", required("--password", password));
              Fields user = (Fields) api.post(app + "/users", body);
              connection.print("the user " + user.text("_id") + " is there", user);
            }
            case API_KEY -> {
              Fields body = Fields.none().with("name", required("--name", name));
              Fields key = (Fields) api.post(app + "/api_keys", body);
              connection.print("the key, shown this once: " + key.text("key"), key);
            }
          }
          return 0;
        });
  }

  private String required(String option, @Nullable String value) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), option + " is missing");
    }
    return value;
  }

  @Command(name = "delete", description = "Remove users.")
  int delete(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Mixin SelectedUsers selected,
      @Parameters(arity = "0..*", paramLabel = "ID") @Nullable List<String> ids) {
    return each(
        connection, apps, selected, ids, "Delete", "is gone", (api, path) -> api.delete(path));
  }

  @Command(name = "disable", description = "Refuse users.")
  int disable(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Mixin SelectedUsers selected,
      @Parameters(arity = "0..*", paramLabel = "ID") @Nullable List<String> ids) {
    selected.requireConfirmed();
    return each(
        connection,
        apps,
        selected,
        ids,
        "Disable",
        "is disabled",
        (api, path) -> api.put(path + "/disable", null));
  }

  @Command(name = "enable", description = "Let users in again.")
  int enable(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Mixin SelectedUsers selected,
      @Parameters(arity = "0..*", paramLabel = "ID") @Nullable List<String> ids) {
    selected.requireConfirmed();
    return each(
        connection,
        apps,
        selected,
        ids,
        "Enable",
        "is enabled",
        (api, path) -> api.put(path + "/enable", null));
  }

  @Command(name = "revoke", description = "End the sessions of users.")
  int revoke(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Mixin SelectedUsers selected,
      @Parameters(arity = "0..*", paramLabel = "ID") @Nullable List<String> ids) {
    selected.requireConfirmed();
    return each(
        connection,
        apps,
        selected,
        ids,
        "Log out",
        "is logged out",
        (api, path) -> api.put(path + "/logout", null));
  }

  /// What is done with one user.
  @FunctionalInterface
  private interface Step {
    void take(AdminApi api, String path);
  }

  private int each(
      ConnectionOptions connection,
      AppOptions apps,
      SelectedUsers selected,
      @Nullable List<String> words,
      String verb,
      String done,
      Step step) {
    if (words == null && selected.isEveryone()) {
      throw new ParameterException(spec.commandLine(), "which users? Name at least one ID");
    }
    return connection.with(
        api -> {
          String app = apps.find(api, Path.of(".")).path();
          Map<String, String> routes = routes(api, app, selected, words);
          if (selected.areUnnamed()
              && !routes.isEmpty()
              && !connection.agrees(verb + " " + routes.size() + " users? Type yes: ")) {
            throw new CommandFailure("no user was changed; say --yes to mean it");
          }
          routes.forEach(
              (id, route) -> {
                step.take(api, app + route);
                connection.print("the user " + id + " " + done, Fields.none().with("_id", id));
              });
          return 0;
        });
  }

  /// The routes of users, by their ids.
  private static Map<String, String> routes(
      AdminApi api, String app, SelectedUsers selected, @Nullable List<String> words) {
    Map<String, String> routes = new LinkedHashMap<>();
    Stream.of(words, selected.idsAlone())
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .forEach(id -> routes.put(id, "/users/" + AdminApi.encoded(id)));
    if (selected.idsAlone() == null && !selected.isEveryone()) {
      selected
          .of(api, app)
          .forEach(user -> routes.put(String.valueOf(user.text("_id")), selected.route(user)));
    }
    return routes;
  }
}
