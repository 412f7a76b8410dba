package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A worker that finds out about itself that it is sick.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SickWorkerTest {

  @TempDir private Path folder;

  /// Frames that ran out are what makes a canary look.
  @Test
  void aWorkerInWhichJavaScriptIsBrokenIsReplacedByOneInWhichItIsNot() throws IOException {
    AppFolder app =
        AppFolder.in(folder, "app")
            .endpoint("parse", "exports = () => JSON.parse('[1, 2]').length;")
            .endpoint("deep", "exports = () => { const f = n => f(n + 1) + 1; return f(0); };");
    try (BerthProcess berth =
        BerthProcess.dev(folder, app.path().toString(), "--workers=1", "--metrics-port=0")) {
      assertThat(berth.get("/parse").body()).isEqualTo("2");
      assertThat(berth.get("/deep").body()).contains("frames exceeded");
      ProcessHandle sick = berth.theFirstWorker();

      BrokenEngine.in(sick, folder);
      // Or what the worker itself needs of it fails first.
      assertThat(berth.get("/deep").statusCode()).isIn(400, 500, 503);

      berth.awaitLine(line -> line.contains("JavaScript is broken in a worker; it is replaced"));
      assertThat(berth.untilAnswered("/parse").body()).isEqualTo("2");
      sick.onExit().orTimeout(1, TimeUnit.MINUTES).join();
      assertThat(berth.output()).contains("JavaScript is broken in this process");
      assertThat(BerthProcess.send(HttpRequest.newBuilder(berth.metrics()).GET()).body())
          .contains("berth_workers_replaced_total 1.0", "berth_apps_broken_off 0.0");
    }
  }
}
