package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two apps in one process.
class NeighboursTest {

  @TempDir private Path folder;

  private static List<String> appIds(BerthProcess berth) {
    List<String> ids = new ArrayList<>();
    Matcher matcher = Pattern.compile("/app/([a-z0-9-]+)/endpoint").matcher(berth.output());
    while (matcher.find()) {
      if (!ids.contains(matcher.group(1))) {
        ids.add(matcher.group(1));
      }
    }
    return ids;
  }

  private static String call(BerthProcess berth, String appId, String route) {
    URI url = berth.root().resolve("/app/" + appId + "/endpoint" + route);
    return BerthProcess.send(HttpRequest.newBuilder(url)).body();
  }

  @Test
  void anAppSeesNothingOfItsNeighbour() {
    String leave =
        "exports = () => { globalThis.secret = 'mine'; Array.prototype.secret = 'mine'; return 'left'; };";
    String look = "exports = () => [typeof secret, typeof [].secret].join();";
    AppFolder.in(folder, "first").endpoint("leave", leave).endpoint("look", look);
    AppFolder.in(folder, "second").endpoint("look", look);
    try (BerthProcess berth = BerthProcess.dev(folder, "first", "second")) {
      String first = appIds(berth).getFirst();
      String second = appIds(berth).getLast();

      assertThat(call(berth, first, "/leave")).isEqualTo("\"left\"");

      assertThat(call(berth, second, "/look")).isEqualTo("\"undefined,undefined\"");
      assertThat(call(berth, first, "/look")).isEqualTo("\"undefined,undefined\"");
      assertThat(call(berth, second, "/leave")).contains("EndpointNotFound");
    }
  }

  @Test
  void anEndlessNeighbourDoesNotStopTheOther() {
    AppFolder.in(folder, "first").endpoint("spin", "exports = () => { for (;;); };");
    AppFolder.in(folder, "second").endpoint("hello", "exports = () => 'hi';");
    try (BerthProcess berth = BerthProcess.dev(folder, "first", "second")) {
      String first = appIds(berth).getFirst();
      String second = appIds(berth).getLast();
      CompletableFuture<?> spinning = CompletableFuture.runAsync(() -> call(berth, first, "/spin"));

      for (int i = 0; i < 5; i++) {
        assertThat(call(berth, second, "/hello")).isEqualTo("\"hi\"");
      }

      assertThat(spinning).isNotDone();
    }
  }
}
