package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.HttpMethod;
import org.junit.jupiter.api.Test;

/// What a gateway tells whoever counts its requests.
class RequestMetricsTest extends UsersTestBase {

  @Test
  void everyRequestIsCountedOnceForItsApp() {
    deploy(TestApps.app(APP).with(HttpMethod.GET, "/hello", "hello"));

    send(request("/app/" + APP + "/endpoint/hello"));
    send(request("/app/" + APP + "/endpoint/missing"));
    send(request("/app/nobody-abcde/endpoint/hello"));
    send(request(CLIENT + "/app/" + APP + "/location"));

    await(() -> answered.size() == 4);
    assertThat(answered)
        .containsExactlyInAnyOrder("204 of " + APP, "404 of null", "404 of null", "200 of " + APP);
  }
}
