package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Some of the users of an app: by their ids, or by what they are.
final class SelectedUsers {

  @Option(
      names = {"-u", "--user"},
      paramLabel = "ID",
      split = ",",
      description = "those with these ids alone")
  private @Nullable List<String> ids;

  @Option(names = "--pending", description = "those who have not confirmed yet")
  private boolean pending;

  @Option(names = "--state", description = "enabled or disabled ones alone")
  private @Nullable String state;

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

  List<Fields> of(AdminApi api, String app) {
    List<String> query = new ArrayList<>();
    if (state != null) {
      query.add("status=" + AdminApi.encoded(state));
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
