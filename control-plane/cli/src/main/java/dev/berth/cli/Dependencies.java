package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The npm packages of an app, sent as the file that says which they are.
record Dependencies(AdminApi api, String app, LocalApp local) {

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final String BOUNDARY = "----berth-packages-6f1c2a9d";
  private static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;

  /// Whether other packages would be installed than those that are.
  boolean differ() {
    String file = local.dependencies();
    if (file == null) {
      return false;
    }
    AdminApi.Answer answer = api.send("POST", app + "/dependencies/diff", form(file), FORM);
    if (!answer.isSuccess()) {
      throw new CommandFailure(AdminApi.messageOf(answer));
    }
    return answer.json() instanceof Fields differences
        && List.of("added", "deleted", "modified").stream()
            .anyMatch(kind -> !differences.elements(kind).isEmpty());
  }

  /// Installs them, and waits until that is done.
  void install() {
    String file = local.dependencies();
    if (file == null) {
      return;
    }
    AdminApi.Answer answer = api.send("PUT", app + "/dependencies", form(file), FORM);
    if (!answer.isSuccess()) {
      throw new CommandFailure(AdminApi.messageOf(answer));
    }
    Fields state = state();
    while ("created".equals(state.text("status"))) {
      Waiting.until(BETWEEN);
      state = state();
    }
    if (!"successful".equals(state.text("status"))) {
      throw new CommandFailure(
          "the app is deployed, but its packages are not installed: "
              + state.text("status_message"));
    }
  }

  private Fields state() {
    return (Fields) api.get(app + "/dependencies/status");
  }

  private byte[] form(String file) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + file
            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    form.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    form.writeBytes(local.content(file));
    form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }
}
