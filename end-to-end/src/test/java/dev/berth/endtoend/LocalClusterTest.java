package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.endtoend.Administrator.MadeApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `berth cluster`: a cluster on this machine by one command.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LocalClusterTest {

  @TempDir private Path folder;

  @Test
  void itServesAndItsProcessesEndTogether() {
    String[] arguments = {"cluster", "--gateways=1", "--workers=1", "--port=0", "--admin-port=0"};
    try (BerthProcess berth = BerthProcess.run(folder, ClusterProcesses.QUICK, arguments)) {
      berth.awaitLine(line -> line.startsWith("All processes are ready"), ClusterProcesses.START);
      Administrator administrator =
          Administrator.signedIn(printed(berth, "Administrators at"), berth.output());
      MadeApp app = administrator.create("shop");
      administrator.deploy(app, Map.of("hello", "exports = () => 'hello';"));

      assertThat(app.endpoints())
          .isEqualTo(printed(berth, "Apps at").resolve("/app/" + app.appId() + "/endpoint"));
      awaitBody(
          printed(berth, "Apps at").resolve("/app/" + app.appId() + "/endpoint/hello"),
          "\"hello\"");

      List<ProcessHandle> all = berth.descendants();
      assertThat(all).hasSizeGreaterThanOrEqualTo(5);
      berth.terminate(ClusterProcesses.STOP);
      assertThat(all).noneMatch(ProcessHandle::isAlive);
      assertThat(berth.output()).doesNotContain("did not stop cleanly");
    }
  }

  private static URI printed(BerthProcess berth, String before) {
    Matcher matcher = Pattern.compile(before + " (http\\S+)").matcher(berth.output());
    if (!matcher.find()) {
      throw new AssertionError("not printed: " + before + "\n" + berth.output());
    }
    return URI.create(matcher.group(1));
  }

  private static void awaitBody(URI url, String wanted) {
    long deadline = System.nanoTime() + BerthProcess.PATIENCE.toNanos();
    String body = "";
    while (!body.equals(wanted)) {
      assertThat(System.nanoTime()).as(body).isLessThan(deadline);
      body = BerthProcess.send(HttpRequest.newBuilder(url).POST(BodyPublishers.noBody())).body();
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
  }
}
