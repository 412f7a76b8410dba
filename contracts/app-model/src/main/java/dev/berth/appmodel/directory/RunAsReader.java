package dev.berth.appmodel.directory;

import dev.berth.appmodel.RunAs;
import org.jspecify.annotations.Nullable;

/// Reads the fields that say as whom a function runs.
final class RunAsReader {

  private static final String USER_ID = "run_as_user_id";
  private static final String SCRIPT = "run_as_user_id_script_source";

  private RunAsReader() {}

  /// For functions and the Data API: the caller, when nothing else is said.
  static RunAs ofFunction(ObjectReader fields) {
    if (fields.flag("run_as_system")) {
      return new RunAs.AsSystem();
    }
    RunAs chosen = userOrScript(fields);
    return chosen == null ? new RunAs.Caller() : chosen;
  }

  /// For incoming webhooks: the system, when nothing else is said.
  static RunAs ofWebhook(ObjectReader fields) {
    if (fields.flag("run_as_authed_user")) {
      return new RunAs.Caller();
    }
    RunAs chosen = userOrScript(fields);
    return chosen == null ? new RunAs.AsSystem() : chosen;
  }

  private static @Nullable RunAs userOrScript(ObjectReader fields) {
    String userId = fields.text(USER_ID);
    String script = fields.text(SCRIPT);
    if (userId != null && script != null) {
      fields.error(USER_ID, USER_ID + " and " + SCRIPT + " exclude each other; found both");
    }
    if (userId != null) {
      return new RunAs.AsUser(userId);
    }
    return script == null ? null : new RunAs.ByScript(script);
  }
}
