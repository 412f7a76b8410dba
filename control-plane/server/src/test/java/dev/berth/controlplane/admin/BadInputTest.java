package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.RunningControlPlane.Client;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {

  private static final String APPS = "/groups/" + LocalTenant.PROJECT + "/apps";

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private Client client;

  @BeforeEach
  void start() {
    plane = RunningControlPlane.localIn(folder);
    client = plane.nobody();
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void aStrangerMaySendLittle() {
    byte[] much = new byte[200_000];

    int status =
        plane
            .withToken("x.y.z")
            .send("POST", "/auth/providers/mongodb-cloud/login", "application/json", much)
            .status();

    assertThat(status).isEqualTo(413);
  }

  @Test
  void whatIsNoJsonIsRefusedWithASentence() {
    for (String body : new String[] {"", "[]", "{", "null", "\"text\"", "{\"name\": 3}"}) {
      assertThat(
              client
                  .send("POST", APPS, "application/json", body.getBytes(StandardCharsets.UTF_8))
                  .object(400)
                  .getString("error"))
          .as(body)
          .isNotEmpty();
    }
  }

  @Test
  void twoSlashesAreAsGoodAsOne() {
    client.get("/api/admin/v3.0//groups/" + LocalTenant.PROJECT + "//apps").require(200);
  }

  @Test
  void aNameThatIsTakenAndOneThatIsNoneAreRefused() {
    client.post(APPS, new JsonObject().put("name", "shop")).require(201);

    assertThat(client.post(APPS, new JsonObject().put("name", "shop")).status()).isEqualTo(409);
    assertThat(client.post(APPS, new JsonObject().put("name", "1shop")).status()).isEqualTo(400);
    assertThat(client.post(APPS, new JsonObject().put("name", "x".repeat(33))).status())
        .isEqualTo(400);
    assertThat(
            client
                .post(APPS, new JsonObject().put("name", "till").put("location", "MOON"))
                .object(400)
                .getString("error"))
        .contains("US-VA");
  }

  @Test
  void anAppKeepsTheAppIdThatItHasElsewhereAndNobodyElseGetsIt() {
    JsonObject wanted = new JsonObject().put("name", "shop").put("client_app_id", "shop-abcdefg");

    JsonObject made = client.post(APPS, wanted).object(201);

    assertThat(made.getString("client_app_id")).isEqualTo("shop-abcdefg");
    assertThat(client.post(APPS, wanted.copy().put("name", "other")).status()).isEqualTo(409);
  }

  @Test
  void aQueryThatCannotBeDecodedIsRefused() throws IOException {
    // No client of Java would send it.
    String request =
        "GET /api/admin/v3.0" + APPS + "?product=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plane.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      byte[] statusLine = socket.getInputStream().readNBytes("HTTP/1.1 400".length());

      assertThat(new String(statusLine, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
    }
  }

  @Test
  void theSameProviderTwiceIsOneFilter() {
    String app =
        APPS
            + "/"
            + client.post(APPS, new JsonObject().put("name", "shop")).object(201).getString("_id");

    client.get(app + "/users?provider_types=anon-user,anon-user").require(200);
  }

  @Test
  void aDocumentOfNonsenseIsRefusedAndAnUnknownStrategyToo() {
    String app =
        APPS
            + "/"
            + client.post(APPS, new JsonObject().put("name", "shop")).object(201).getString("_id");

    assertThat(client.post(app + "/import", new JsonObject().put("functions", 3)).status())
        .isEqualTo(400);
    assertThat(client.post(app + "/import?strategy=merge", new JsonObject()).status())
        .isEqualTo(400);
    assertThat(client.get(app + "/export?version=19990101").status()).isEqualTo(400);
    assertThat(
            client
                .upload("PUT", app + "/dependencies", "evil.sh", new byte[10])
                .object(400)
                .getString("error"))
        .contains("package.json");
    assertThat(
            client
                .send("PUT", app + "/dependencies", "multipart/form-data; boundary=x", new byte[9])
                .status())
        .isEqualTo(400);
  }
}
