package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.HttpMethod;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.gateway.door.AccessList;
import dev.berth.gateway.door.Certificate;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.door.TestCertificate;
import dev.berth.gateway.door.TrustedProxies;
import dev.berth.gateway.listener.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The gateway behind a certificate.
class TlsTest {

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final RecordingInvoker invoker = new RecordingInvoker();
  private TestCertificate shown;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    shown = replaceCertificate();
    catalog.apply(
        new AppChange.Deployed(
            TestApps.app("shop-abcde").with(HttpMethod.POST, "/hello", "hello").at(1)));
    gateway = await(start(files()));
  }

  private Future<Gateway> start(Certificate certificate) {
    Door door = new Door(certificate, TrustedProxies.none(), AccessList.everybody(), null);
    return Gateway.start(
        vertx, GatewayTestBase.settings(0).with(door), catalog, invoker, () -> true);
  }

  @AfterEach
  void stop() {
    await(gateway.stop());
    await(vertx.close());
  }

  private Certificate files() {
    return new Certificate(folder.resolve("berth.crt"), folder.resolve("berth.key"));
  }

  private TestCertificate replaceCertificate() throws Exception {
    TestCertificate made = TestCertificate.make(folder, "EC");
    made.writeCertificate(files().chain());
    made.writeKey(files().key());
    return made;
  }

  private HttpClient trusting(TestCertificate certificate) throws Exception {
    return HttpClient.newBuilder().sslContext(certificate.trusting()).build();
  }

  private HttpRequest.Builder hello(String body) {
    return HttpRequest.newBuilder(
            URI.create(
                "https://localhost:" + gateway.actualPort() + "/app/shop-abcde/endpoint/hello"))
        .timeout(Duration.ofSeconds(20))
        .POST(BodyPublishers.ofString(body));
  }

  private static int status(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void bothVersionsOfHttpAreServed(HttpClient.Version version) throws Exception {
    try (HttpClient client = trusting(shown)) {
      HttpResponse<String> response =
          client.send(hello("a").version(version).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(response.version()).isEqualTo(version);
      assertThat(response.statusCode()).isEqualTo(204);
      assertThat(invoker.onlyCall().request().facts().headers())
          .anyMatch(header -> header.name().equals("Host"));
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aBodyThatAnnouncesNoLengthIsRead(HttpClient.Version version) throws Exception {
    try (HttpClient client = trusting(shown)) {
      HttpRequest.Builder request =
          hello("")
              .version(version)
              .POST(
                  BodyPublishers.ofInputStream(
                      () -> new ByteArrayInputStream("streamed".getBytes(StandardCharsets.UTF_8))));

      assertThat(status(client, request)).isEqualTo(204);

      assertThat(String.valueOf(invoker.onlyCall().request().body())).isEqualTo("streamed");
    }
  }

  /// An access token may hold some kilobytes of custom data.
  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aLongTokenIsTaken(HttpClient.Version version) throws Exception {
    try (HttpClient client = trusting(shown)) {
      HttpRequest.Builder request =
          hello("a").version(version).header("X-Token", "x".repeat(24_000));

      assertThat(status(client, request)).isEqualTo(204);
    }
  }

  @Test
  void aRequestThatIsTooLargeEndsItsStreamAndNoOther() throws Exception {
    try (HttpClient client = trusting(shown)) {
      String large = "x".repeat(GatewayTestBase.MAX_REQUEST_BYTES + 1);

      assertThat(status(client, hello(large))).isEqualTo(413);
      assertThat(status(client, hello("a"))).isEqualTo(204);
    }
  }

  @Test
  void aReplacedCertificateIsShownToWhoComesNext() throws Exception {
    TestCertificate replacement = replaceCertificate();

    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!answersTo(replacement) && System.nanoTime() < until) {
      LockSupport.parkNanos(GatewayTestBase.POLL_NANOS);
    }

    assertThat(answersTo(replacement)).isTrue();
    assertThat(answersTo(shown)).isFalse();
  }

  private boolean answersTo(TestCertificate trusted) throws Exception {
    try (HttpClient client = trusting(trusted)) {
      return status(client, hello("a")) == 204;
    } catch (SSLException untrusted) {
      return false;
    }
  }

  @Test
  void aReplacementThatCannotBeUsedChangesNothing() throws Exception {
    Files.writeString(files().key(), "no key");
    CountDownLatch looks = new CountDownLatch(4);
    vertx.setPeriodic(Tls.LOOKS.toMillis(), _ -> looks.countDown());
    assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(answersTo(shown)).isTrue();
  }

  @Test
  void aCertificateThatIsNotThereStopsTheStart() {
    Certificate missing = new Certificate(folder.resolve("nowhere.crt"), files().key());

    assertThatThrownBy(() -> await(start(missing)))
        .hasRootCauseMessage(
            "the TLS certificate " + folder.resolve("nowhere.crt") + " does not exist");
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
