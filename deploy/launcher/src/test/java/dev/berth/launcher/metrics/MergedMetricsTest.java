package dev.berth.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MergedMetricsTest {

  private final MergedMetrics merged = new MergedMetrics();

  @Test
  void theLinesOfAMetricStandTogetherAndSayWhoseTheyAre() {
    merged.add(
        """
        # HELP up Since when
        # TYPE up gauge
        up 7.0
        """);
    merged.addOf(
        "worker-1",
        """
        # HELP calls_total Calls
        # TYPE calls_total counter
        calls_total{outcome="threw"} 1.0
        calls_total{outcome="has {braces} in it"} 2.0
        # HELP up Since when
        # TYPE up gauge
        up 8.0
        """);
    merged.addOf("worker-2", "# HELP up Since when\n# TYPE up gauge\nup 9.0\n");

    assertThat(merged.text())
        .isEqualTo(
            """
            # HELP up Since when
            # TYPE up gauge
            up 7.0
            up{process="worker-1"} 8.0
            up{process="worker-2"} 9.0
            # HELP calls_total Calls
            # TYPE calls_total counter
            calls_total{process="worker-1",outcome="threw"} 1.0
            calls_total{process="worker-1",outcome="has {braces} in it"} 2.0
            """);
  }

  @Test
  void whatAProcessSaysThatIsNoMetricIsLeftOut() {
    merged.addOf("worker-1", "");
    merged.addOf("worker-2", "up 1.0\n");

    assertThat(merged.text()).isEmpty();
  }
}
