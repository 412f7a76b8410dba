package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.LocalTenant;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAccessTest {

  private static final String APPS = "/groups/" + LocalTenant.PROJECT + "/apps";

  @TempDir private Path folder;
  private RunningControlPlane plane;

  @BeforeEach
  void start() {
    plane = RunningControlPlane.localIn(folder);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void aProgramOnThisMachineNeedNotSignInAndMayWithAnyKey() {
    plane.nobody().post(APPS, new JsonObject().put("name", "shop")).require(201);

    assertThat(plane.signIn("any", "thing").get(APPS).array(200)).hasSize(1);
  }

  @Test
  void aWebPageInABrowserMustSignIn() {
    for (String sign : new String[] {"Origin", "Sec-Fetch-Site", "Referer"}) {
      assertThat(statusWith(sign, "http://evil.example")).as(sign).isEqualTo(401);
    }
  }

  @Test
  void whatAProxyPassesOnMustSignIn() {
    assertThat(statusWith("X-Forwarded-For", "203.0.113.7")).isEqualTo(401);
    assertThat(statusWith("Forwarded", "for=203.0.113.7")).isEqualTo(401);
  }

  @Test
  void aWrongTokenIsWrongHereToo() {
    assertThat(plane.withToken("x.y.z").get(APPS).status()).isEqualTo(401);
  }

  private int statusWith(String header, String value) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(plane.url() + RunningControlPlane.API + APPS))
            .header(header, value)
            .build();
    return plane.send(request).statusCode();
  }
}
