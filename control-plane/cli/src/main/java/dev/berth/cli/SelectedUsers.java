package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Some of the users of an app: by their ids, or by what they are.
final class SelectedUsers {

  enum State {
    ENABLED("enabled"),
    DISABLED("disabled");

    private final String word;

    State(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = {"-u", "--user"},
      paramLabel = "ID",
      split = ",",
      description = "those with these ids alone")
  private @Nullable List<String> ids;

  @Option(names = "--pending", description = "those who have not confirmed yet")
  private boolean pending;

  @Option(names = "--state", description = "enabled or disabled ones alone")
  private @Nullable State state;

  @Option(names = "--provider", description = "those of these providers alone", split = ",")
  private @Nullable List<String> providers;

  boolean isEveryone() {
    return ids == null && !pending && state == null && providers == null;
  }

  /// Those whose ids were given, without looking whether they are there; `null` when others may
  /// be meant.
  @Nullable List<String> idsAlone() {
    return pending || state != null || providers != null ? null : ids;
  }

  /// Whether it is to be looked who they are, and nobody has named them.
  boolean areUnnamed() {
    return ids == null && !isEveryone();
  }

  /// @throws ParameterException when these are no users yet
  void requireConfirmed() {
    if (pending) {
      throw new ParameterException(
          command.commandLine(),
          "--pending: who has not confirmed yet can be listed and deleted, and nothing else");
    }
  }

  /// Where the Admin API has one of them.
  String route(Fields user) {
    return pending
        ? "/user_registrations/by_email/" + AdminApi.encoded(address(user))
        : "/users/" + AdminApi.encoded(String.valueOf(user.text("_id")));
  }

  private static String address(Fields pendingUser) {
    return pendingUser.objects("login_ids").stream()
        .map(login -> String.valueOf(login.text("id")))
        .findFirst()
        .orElse("");
  }

  /// Asks Berth for them.
  ///
  /// @throws ParameterException when they cannot be chosen like that
  List<Fields> of(AdminApi api, String app) {
    if (pending && (state != null || providers != null)) {
      throw new ParameterException(
          command.commandLine(), "--pending goes with neither --state nor --provider");
    }
    List<String> query = new ArrayList<>();
    if (state != null) {
      query.add("status=" + state);
    }
    if (providers != null) {
      query.add("provider_types=" + AdminApi.encoded(String.join(",", providers)));
    }
    String path =
        app
            + (pending ? "/user_registrations/pending_users" : "/users")
            + (query.isEmpty() ? "" : "?" + String.join("&", query));
    return AdminApi.objects(api.get(path)).stream()
        .filter(user -> ids == null || ids.contains(String.valueOf(user.text("_id"))))
        .toList();
  }
}
