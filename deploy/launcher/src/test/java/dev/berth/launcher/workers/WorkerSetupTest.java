package dev.berth.launcher.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.cluster.Membership.BusCertificate;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.launcher.settings.TraceSettings;
import dev.berth.worker.http.OutboundPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a worker process is told when it starts.
class WorkerSetupTest {

  private static final WorkerRole.Setup SETUP =
      new WorkerRole.Setup(
          "worker-1",
          "starter",
          new Membership(
              "cluster",
              List.of("127.0.0.1:5701", "127.0.0.1:5801"),
              "127.0.0.1",
              5901,
              true,
              false,
              new BusCertificate(Path.of("chain.pem"), Path.of("key.pem"), Path.of("ca.pem"))),
          DataSourceSettings.parse(Map.of("*.atlas", "mongodb://ann:pa55@127.0.0.1"), null),
          1000,
          LimitSettings.parse(List.of("sockets=3", "http-response-size=1m")),
          OutboundPolicy.parse("public,+10.1.0.0/16,-203.0.113.7"),
          Path.of("/var/lib/berth/packages"),
          true,
          new TraceSettings(
              URI.create("http://127.0.0.1:4318"),
              Map.of("authorization", "Bearer pa55+w0rd,=", "x-tenant", "a b"),
              100),
          "aws-eu-west-1");

  @Test
  void whatIsToldIsUnderstood() {
    assertThat(WorkerRole.Setup.of(SETUP.environment())).isEqualTo(SETUP);
  }

  @Test
  void itsTextHasNoPassword() {
    assertThat(SETUP.toString()).doesNotContain("pa55");
  }

  @Test
  void aWorkerThatIsNotToldWhereFunctionsMayGoLetsThemReachTheInternetAlone() {
    Map<String, String> environment = new HashMap<>(SETUP.environment());
    environment.remove("BERTH_WORKER_OUTBOUND");

    WorkerRole.Setup setup = Objects.requireNonNull(WorkerRole.Setup.of(environment));

    assertThat(setup.outbound()).isEqualTo(OutboundPolicy.publicOnly());
  }
}
