package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.worker.http.HttpLimits;
import dev.berth.worker.http.OutboundPolicy;
import dev.berth.worker.http.OutboundServices;
import io.vertx.core.Vertx;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The metadata service of a cloud, in all spellings and by all ways, from JavaScript.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiddenAddressesTest {

  private static final String WAYS =
      """
      const seen = {};
      const said = (error) => /may not reach|EACCES|not known|ENOTFOUND/.test(`${error.code} ${error.message}`) ? 'refused' : `${error.code} ${error.message}`;
      const told = async (name, way) => {
        try { seen[name] = 'reached ' + await way(); } catch (error) { seen[name] = said(error); }
      };
      const host = 'HOST', bare = host.replace(/[\\[\\]]/g, '');
      const request = (...given) => new Promise((done, fail) => require('http').request(...given, () => done('')).on('error', fail).end());
      await told('fetch', () => fetch(`http://${host}/`));
      await told('URL', () => fetch(new URL(`http://${host}/`).href));
      await told('context.http', () => context.http.get({ url: `http://${host}/` }));
      await told('http.get', () => request(`http://${host}/`));
      await told('host', () => request({ host: bare, path: '/' }));
      await told('hostname', () => request({ hostname: bare, path: '/', port: 80 }));
      await told('net', () => new Promise((done, fail) => require('net').connect(80, bare, () => done('')).on('error', fail)));
      return Object.entries(seen).filter(([, what]) => what !== 'refused').map((each) => each.join(': ')).join('; ');
      """;

  private final Vertx vertx = Vertx.vertx();
  private RunningWorker worker;

  @BeforeAll
  void start() {
    worker =
        RunningWorker.with(OutboundServices.on(vertx, OutboundPolicy.any(), HttpLimits.standard()));
  }

  @AfterAll
  void stop() {
    worker.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.254.43518",
        "[::ffff:a9fe:a9fe]",
        "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]",
        "[fe80::1]"
      })
  void noWayLeadsToTheMetadataOfACloud(String host) {
    assertThat(worker.returned(RunningWorker.newApp(), WAYS.replace("HOST", host)))
        .isEqualTo(new BsonString(""));
  }
}
