package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.region.ServedRegions;
import dev.berth.gateway.door.AccessList;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.door.TrustedProxies;
import dev.berth.gateway.serving.RequestMetrics;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Apps of one region in an installation that serves two.
class RegionsTest extends UsersTestBase {

  private static final String EU = "https://eu.apps.example.com";

  @Override
  Future<Gateway> startGateway() {
    ServedRegions regions =
        ServedRegions.parse(
            List.of("aws-eu-west-1=" + EU, "aws-us-east-1=https://us.apps.example.com"));
    Door door =
        new Door(
            null,
            TrustedProxies.none(),
            AccessList.everybody(),
            "https://apps.example.com",
            regions);
    return Gateway.start(
        vertx,
        settings(0).with(door),
        catalog,
        invoker,
        () -> identity.accounts(),
        null,
        () -> ready,
        RequestMetrics.NONE);
  }

  @BeforeEach
  void deployApps() {
    deploy(app("local-abcde").localTo("aws-eu-west-1").with(HttpMethod.ANY, "/hello", "hello"));
    deploy(app("far-abcde").localTo("aws-sa-east-1").with(HttpMethod.ANY, "/hello", "hello"));
    deploy(app("global-abcde").with(HttpMethod.ANY, "/hello", "hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"us.apps.example.com", "US.apps.example.com:443", "apps.example.com"})
  void aLocalAppIsNotFoundInAnotherRegionAndTheAnswerNamesItsOwn(String host) throws Exception {
    for (String path :
        List.of(
            "/app/local-abcde/endpoint/hello",
            "/app/local-abcde/endpoint/nothing",
            "/api/client/v2.0/app/local-abcde/auth/providers/anon-user/login")) {
      RawConnection.Response answer = asked("POST", path, host);

      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(new JsonObject(answer.body()).getString("error"))
          .isEqualTo(
              "cannot find app using Client App ID 'local-abcde': it is local to aws-eu-west-1,"
                  + " make sure to pass the region as well: "
                  + EU);
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "local-abcde, eu.apps.example.com",
    "local-abcde, EU.apps.example.com:443",
    "local-abcde, localhost:8080",
    "local-abcde, 10.0.0.7",
    "far-abcde, us.apps.example.com",
    "global-abcde, us.apps.example.com",
    "global-abcde, apps.example.com"
  })
  void everyOtherAppIsServed(String app, String host) throws Exception {
    assertThat(asked("GET", "/app/" + app + "/endpoint/hello", host).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "local-abcde, LOCAL, IE, https://eu.apps.example.com",
    "far-abcde, LOCAL, BR-SP, https://apps.example.com",
    "global-abcde, GLOBAL, US-VA, https://apps.example.com"
  })
  void everyRegionKnowsWhereAnAppIs(String app, String model, String location, String url)
      throws Exception {
    String path = "/api/client/v2.0/app/" + app + "/location";

    RawConnection.Response answer = asked("GET", path, "us.apps.example.com");

    assertThat(new JsonObject(answer.body()))
        .isEqualTo(
            JsonObject.of(
                "deployment_model",
                model,
                "location",
                location,
                "hostname",
                url,
                "ws_hostname",
                url.replace("https", "wss")));
  }

  @Test
  void anAppThatMovesIsServedWhereItIsNow() throws Exception {
    String path = "/app/local-abcde/endpoint/hello";
    deploy(app("local-abcde").localTo("aws-us-east-1").with(HttpMethod.ANY, "/hello", "hello"), 2);

    assertThat(asked("GET", path, "us.apps.example.com").status()).isEqualTo(204);
    assertThat(asked("GET", path, "eu.apps.example.com").status()).isEqualTo(404);
  }

  private RawConnection.Response asked(String method, String path, String host) throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(
          "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n\r\n".formatted(method, path, host));
      return connection.read();
    }
  }
}
