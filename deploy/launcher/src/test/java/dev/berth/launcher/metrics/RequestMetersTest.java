package dev.berth.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.route.Quota;
import dev.berth.gateway.serving.RequestMetrics;
import org.junit.jupiter.api.Test;

class RequestMetersTest {

  private final ProcessMetrics metrics = new ProcessMetrics();

  @Test
  void requestsAreCountedByClassOfStatusAndApp() {
    RequestMetrics meters = metrics.gateway(10);

    meters.requestEnded(new AppId("shop-abcde"), 201, 3_000_000);
    meters.requestEnded(new AppId("shop-abcde"), 404, 1_000_000);
    meters.requestEnded(null, 404, 1_000_000);

    assertThat(metrics.text().lines())
        .contains(
            "berth_requests_seconds_count{status=\"2xx\"} 1",
            "berth_requests_seconds_bucket{status=\"2xx\",le=\"0.002\"} 0",
            "berth_requests_seconds_bucket{status=\"2xx\",le=\"0.005\"} 1",
            "berth_requests_seconds_count{status=\"4xx\"} 2",
            "berth_requests_seconds_count{status=\"5xx\"} 0",
            "berth_app_requests_total{app=\"shop-abcde\",status=\"2xx\"} 1.0",
            "berth_app_requests_total{app=\"shop-abcde\",status=\"4xx\"} 1.0");
  }

  @Test
  void attemptsToSignInAreCountedByProviderAndResult() {
    RequestMetrics meters = metrics.gateway(10);

    meters.loginEnded("local-userpass", true);
    meters.loginEnded("local-userpass", false);
    meters.loginEnded("local-userpass", false);

    assertThat(metrics.text().lines())
        .contains(
            "berth_logins_total{provider=\"local-userpass\",result=\"granted\"} 1.0",
            "berth_logins_total{provider=\"local-userpass\",result=\"denied\"} 2.0");
  }

  @Test
  void requestsBeyondAQuotaAreCountedByApp() {
    RequestMetrics meters = metrics.gateway(10);

    meters.quotaUsedUp(new AppId("shop-abcde"), Quota.Part.REQUESTS_PER_SECOND);

    assertThat(metrics.text().lines())
        .contains(
            "berth_app_quota_refusals_total{app=\"shop-abcde\",quota=\"requests_per_second\"} 1.0",
            "berth_app_quota_refusals_total{app=\"shop-abcde\",quota=\"concurrent_requests\"} 0.0");
  }

  @Test
  void onlyTheFirstAppsHaveALabelOfTheirOwn() {
    RequestMetrics meters = metrics.gateway(1);

    meters.requestEnded(new AppId("first-abcde"), 200, 1);
    meters.requestEnded(new AppId("second-abcde"), 200, 1);
    meters.requestEnded(new AppId("third-abcde"), 200, 1);

    assertThat(metrics.text().lines())
        .contains(
            "berth_app_requests_total{app=\"first-abcde\",status=\"2xx\"} 1.0",
            "berth_app_requests_total{app=\"(others)\",status=\"2xx\"} 2.0")
        .noneMatch(line -> line.contains("second-abcde"));
  }
}
