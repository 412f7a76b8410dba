package dev.berth.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.route.Quota;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.identity.Denial;
import dev.berth.invocation.RequestId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestMetersTest {

  private final ProcessMetrics metrics = new ProcessMetrics();

  @Test
  void requestsAreCountedByClassOfStatusAndApp() {
    RequestMetrics meters = metrics.gateway(10, 10, _ -> null);

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
            "berth_app_requests_total{app=\"shop-abcde\",status=\"2xx\",tenant=\"\"} 1.0",
            "berth_app_requests_total{app=\"shop-abcde\",status=\"4xx\",tenant=\"\"} 1.0");
  }

  private static RequestMetrics.SignIn signIn(@Nullable Denial refused) {
    return new RequestMetrics.SignIn(
        new AppId("shop-abcde"),
        RequestId.next(),
        "local-userpass",
        "127.0.0.1",
        refused == null ? "6b0388133f51f9c52905109c" : null,
        refused,
        1);
  }

  @Test
  void attemptsToSignInAreCountedByProviderAndResult() {
    RequestMetrics meters = metrics.gateway(10, 10, _ -> null);

    meters.loginEnded(signIn(null));
    meters.loginEnded(signIn(new Denial(Denial.Code.INVALID_PASSWORD, "no")));
    meters.loginEnded(signIn(new Denial(Denial.Code.USER_DISABLED, "no")));

    assertThat(metrics.text().lines())
        .contains(
            "berth_logins_total{provider=\"local-userpass\",result=\"granted\"} 1.0",
            "berth_logins_total{provider=\"local-userpass\",result=\"denied\"} 2.0");
  }

  @Test
  void requestsBeyondAQuotaAreCountedByApp() {
    RequestMetrics meters = metrics.gateway(10, 10, _ -> null);

    meters.quotaUsedUp(new AppId("shop-abcde"), Quota.Part.REQUESTS_PER_SECOND);

    assertThat(metrics.text().lines())
        .contains(
            "berth_app_quota_refusals_total{app=\"shop-abcde\",quota=\"requests_per_second\",tenant=\"\"} 1.0",
            "berth_app_quota_refusals_total{app=\"shop-abcde\",quota=\"concurrent_requests\",tenant=\"\"} 0.0");
  }

  /// As the control plane would know it.
  private static @Nullable String tenant(AppId app) {
    return switch (app.value()) {
      case "first-abcde", "second-abcde" -> "acme";
      case "third-abcde" -> "umbrella";
      default -> null;
    };
  }

  private void callFourApps(RequestMetrics meters) {
    meters.requestEnded(new AppId("first-abcde"), 200, 1_000_000_000);
    meters.requestEnded(new AppId("second-abcde"), 200, 2_000_000_000);
    meters.requestEnded(new AppId("third-abcde"), 200, 1);
    meters.requestEnded(new AppId("fourth-abcde"), 200, 1);
  }

  @Test
  void onlyTheFirstAppsHaveALabelOfTheirOwn() {
    callFourApps(metrics.gateway(1, 1, RequestMetersTest::tenant));

    assertThat(metrics.text().lines())
        .contains(
            "berth_app_requests_total{app=\"first-abcde\",status=\"2xx\",tenant=\"acme\"} 1.0",
            "berth_app_requests_total{app=\"(others)\",status=\"2xx\",tenant=\"\"} 3.0")
        .noneMatch(line -> line.contains("second-abcde"));
  }

  @Test
  void theRequestsOfATenantAreThoseOfItsAppsAndOnlyTheFirstTenantsHaveALabelOfTheirOwn() {
    callFourApps(metrics.gateway(10, 1, RequestMetersTest::tenant));

    assertThat(metrics.text().lines())
        .contains(
            "berth_tenant_requests_seconds_count{status=\"2xx\",tenant=\"acme\"} 2",
            "berth_tenant_requests_seconds_sum{status=\"2xx\",tenant=\"acme\"} 3.0",
            "berth_tenant_requests_seconds_count{status=\"2xx\",tenant=\"(others)\"} 2")
        .noneMatch(line -> line.startsWith("berth_tenant_requests") && line.contains("umbrella"));
  }
}
