package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.time.Duration;

/// One deployment by way of a draft, from the first request to its end.
record DraftDeployment(AdminApi api, String app) {

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final String TAKEN = "DraftAlreadyExists";

  /// Deploys an app.
  ///
  /// @param document the body of the import
  /// @param discard whether a draft that is there already may be thrown away
  void deploy(byte[] document, boolean discard) {
    String draft = draft(discard);
    String path = app + "/drafts/" + draft;
    AdminApi.Answer imported =
        api.send("POST", app + "/import?strategy=replace-by-name", document, "application/json");
    if (!imported.isSuccess()) {
      api.send("DELETE", path, null, "");
      throw new CommandFailure(AdminApi.messageOf(imported));
    }
    Fields deployment = (Fields) api.post(path + "/deployment", null);
    String id = String.valueOf(deployment.text("_id"));
    String status = String.valueOf(deployment.text("status"));
    while (status.equals("created") || status.equals("pending")) {
      Waiting.until(BETWEEN);
      deployment = (Fields) api.get(app + "/deployments/" + AdminApi.encoded(id));
      status = String.valueOf(deployment.text("status"));
    }
    if (!status.equals("successful")) {
      api.send("DELETE", path, null, "");
      throw new CommandFailure("the deployment failed: " + deployment.text("status_error_message"));
    }
  }

  private String draft(boolean discard) {
    AdminApi.Answer answer = api.send("POST", app + "/drafts", null, "");
    if (!answer.isSuccess() && isTaken(answer)) {
      if (!discard) {
        throw new CommandFailure(
            "somebody has begun a draft there; finish it, or throw it away with --discard-draft");
      }
      for (Fields draft : AdminApi.objects(api.get(app + "/drafts"))) {
        api.delete(app + "/drafts/" + AdminApi.encoded(String.valueOf(draft.text("_id"))));
      }
      answer = api.send("POST", app + "/drafts", null, "");
    }
    if (!answer.isSuccess()) {
      throw new CommandFailure(AdminApi.messageOf(answer));
    }
    return AdminApi.encoded(String.valueOf(((Fields) answer.json()).text("_id")));
  }

  private static boolean isTaken(AdminApi.Answer answer) {
    return answer.json() instanceof Fields error && TAKEN.equals(error.text("error_code"));
  }
}
