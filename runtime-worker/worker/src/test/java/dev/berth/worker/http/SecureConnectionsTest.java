package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whom a function talks to under `https`.
@Timeout(120)
class SecureConnectionsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;

  /// A certificate of the host `right.test` that only who has this store believes.
  private static JksOptions store() {
    return new JksOptions().setPath(folder.resolve("store").toString()).setPassword(PASSWORD);
  }

  @BeforeAll
  static void makeCertificate() throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keystore",
                    folder.resolve("store").toString(),
                    "-storepass",
                    PASSWORD,
                    "-alias",
                    "server",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=right.test",
                    "-ext",
                    "san=dns:right.test"))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  private static int serve(Requests requests) {
    return requests.serve(
        new HttpServerOptions()
            .setHost(Requests.ALLOWED)
            .setPort(0)
            .setSsl(true)
            .setKeyCertOptions(store()),
        request -> request.response().end(request.getHeader("Host")));
  }

  private static Requests trusting() {
    return Requests.trusting(store(), _ -> Requests.addresses(Requests.ALLOWED));
  }

  @Test
  void aServerThatProvesItsNameIsBelieved() {
    try (Requests requests = trusting()) {
      int port = serve(requests);

      assertThat(
              requests.response("{method: 'get', url: 'https://right.test:%d/'}".formatted(port)))
          .containsEntry("text", new BsonString("right.test:" + port));
    }
  }

  @Test
  void aServerWithTheNameOfAnotherIsNot() {
    try (Requests requests = trusting()) {
      int port = serve(requests);

      assertThat(requests.failure("{method: 'get', url: 'https://wrong.test:%d/'}".formatted(port)))
          .hasMessage("http request: no secure connection to wrong.test:" + port);
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsNot() {
    try (Requests requests = Requests.anywhere()) {
      int port = serve(requests);

      assertThat(requests.failure("{method: 'get', url: 'https://127.0.0.2:%d/'}".formatted(port)))
          .hasMessage("http request: no secure connection to 127.0.0.2:" + port);
    }
  }
}
