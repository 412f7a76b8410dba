package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.worker.http.HttpLimits;
import dev.berth.worker.http.OutboundPolicy;
import dev.berth.worker.http.OutboundServices;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `net`, `tls` and `dns` from JavaScript down to servers.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionConnectionsTest {

  private static final String ADDRESS = "127.0.0.2";

  private final Vertx vertx = Vertx.vertx();
  private final RunningWorker worker =
      RunningWorker.with(
          OutboundServices.on(
              vertx, OutboundPolicy.parse("public,+" + ADDRESS), HttpLimits.standard()));
  private final AtomicInteger open = new AtomicInteger();
  private String constants = "";
  private AppId app = RunningWorker.newApp();

  @BeforeAll
  void serve(@TempDir Path folder) {
    ServerCertificate certificate = ServerCertificate.of("right.test", folder);
    var secure = new NetServerOptions().setSsl(true).setKeyCertOptions(certificate.options());
    constants =
        "const net = require('net'), tls = require('tls'), dns = require('dns'), host = '%s', port = %d, securePort = %d, ca = `%s`;\n"
            .formatted(ADDRESS, listen(new NetServerOptions()), listen(secure), certificate.pem());
  }

  private int listen(NetServerOptions options) {
    return vertx
        .createNetServer(options)
        .connectHandler(this::answer)
        .listen(0, ADDRESS)
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  /// Says what it hears in capitals; `bye` ends it, `pour` makes it send without end.
  private void answer(NetSocket socket) {
    open.incrementAndGet();
    socket.closeHandler(_ -> open.decrementAndGet());
    socket.handler(
        part -> {
          String text = part.toString();
          if (text.startsWith("pour")) {
            pour(socket);
          } else {
            socket.write(text.toUpperCase(Locale.ROOT));
          }
          if (text.endsWith("bye")) {
            socket.end();
          }
        });
  }

  private static void pour(NetSocket socket) {
    socket.write(Buffer.buffer(new byte[4096])).onSuccess(_ -> pour(socket));
  }

  @BeforeEach
  void useANewApp() {
    app = RunningWorker.newApp();
  }

  @AfterAll
  void stop() {
    worker.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private BsonValue returned(String body) {
    return worker.returned(app, constants + body);
  }

  private static BsonArray array(String json) {
    return BsonArray.parse(json);
  }

  @Test
  void aConnectionSendsAndReceives() {
    assertThat(
            returned(
                """
                const seen = [];
                const socket = net.connect(port, host, () => seen.push('connect'));
                socket.setEncoding('utf8');
                socket.on('ready', () => seen.push('ready'));
                socket.on('data', (text) => seen.push(text));
                socket.on('end', () => seen.push('end'));
                socket.write('hello bye');
                await new Promise((done) => socket.on('close', (failed) => done(seen.push('close', failed))));
                return [...seen, socket.destroyed, socket.bytesRead, socket.bytesWritten, socket.remoteFamily, socket.remoteAddress === host];
                """))
        .isEqualTo(
            array(
                "['connect', 'ready', 'HELLO BYE', 'end', 'close', false, true, 9, 9, 'IPv4', true]"));
  }

  @Test
  void manyBytesArriveAsTheyAre() {
    assertThat(
            returned(
                """
                const bytes = Buffer.alloc(700000, 'abcdefg');
                const socket = net.createConnection({ host, port });
                let taken = 0;
                const parts = [];
                const all = new Promise((done, fail) => socket.on('error', fail).on('data', (part) => { parts.push(part); taken += part.length; if (taken === bytes.length) done(); }));
                socket.write(bytes);
                await all;
                socket.destroy();
                return Buffer.concat(parts).equals(Buffer.alloc(700000, 'ABCDEFG'));
                """))
        .isEqualTo(BsonBoolean.TRUE);
  }

  @Test
  void aStreamMayBePipedThroughAConnection() {
    assertThat(
            returned(
                """
                const { Readable } = require('stream');
                const socket = net.connect({ host, port });
                let text = '';
                socket.on('data', (part) => { text += part; });
                Readable.from(['a', 'b', ' bye']).pipe(socket, { end: false });
                await new Promise((done) => socket.on('end', done));
                return text;
                """))
        .isEqualTo(new BsonString("AB BYE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "net.connect(1, host)                                   | ECONNREFUSED",
        "net.connect(80, '127.0.0.1')                           | RestrictedHost",
        "net.connect(80, 'localhost')                           | RestrictedHost",
        "net.connect(80, '169.254.169.254')                     | RestrictedHost",
        "net.connect({ host: 'x y', port: 80 })                 | ENOTFOUND",
        "net.connect({ host: 'a.test', port: 80, lookup: (name, options, done) => done(null, '127.0.0.1', 4) }) | RestrictedHost",
        "net.connect({ host: 'a.test', port: 80, lookup: (name, options, done) => done(new Error('mine')) })     | mine",
        "tls.connect({ host, port: securePort, servername: 'right.test' })                        | EPROTO",
        "tls.connect({ host, port: securePort, ca })                                              | ERR_TLS_CERT_ALTNAME_INVALID",
        "tls.connect({ host, port: securePort, ca, servername: 'wrong.test' })                    | ERR_TLS_CERT_ALTNAME_INVALID",
        "tls.connect({ host, port: securePort, ca, servername: 'wrong.test', checkServerIdentity: () => undefined }) | ERR_TLS_CERT_ALTNAME_INVALID",
        "tls.connect({ host, port: securePort, ca, servername: 'right.test', checkServerIdentity: (name, cert) => new Error(`${name} ${cert.subjectaltname}`) }) | right.test DNS:right.test",
        "tls.connect({ host, port: securePort, ca: 'no certificate', servername: 'right.test' })   | EINVAL",
        "tls.connect({ host, port: securePort, ca, servername: '-no-' })                          | EINVAL",
        "tls.connect({ host: '10.0.0.1', port: 443, rejectUnauthorized: false })                   | RestrictedHost",
      })
  void aConnectionThatDoesNotComeAboutSaysWhy(String attempt, String why) {
    assertThat(
            returned(
                """
                const error = await new Promise((done) => %s.on('error', done));
                return error.code || error.message;
                """
                    .formatted(attempt)))
        .isEqualTo(new BsonString(why));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "right.test         | right.test",
        "RIGHT.test.        | right.test",
        "wrong.test         | ERR_TLS_CERT_ALTNAME_INVALID",
        "127.0.0.2          | ERR_TLS_CERT_ALTNAME_INVALID",
      })
  void whoDoesNotRejectCanCompareTheNameItself(String name, String result) {
    assertThat(
            returned(
                """
                const socket = tls.connect({ host, port: securePort, rejectUnauthorized: false });
                await new Promise((done, fail) => socket.on('secureConnect', done).on('error', fail));
                const certificate = socket.getPeerCertificate(true);
                socket.destroy();
                const error = tls.checkServerIdentity('%s', certificate);
                return error ? error.code : certificate.subjectaltname.slice(4);
                """
                    .formatted(name)))
        .isEqualTo(new BsonString(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.example.com     | subjectaltname: 'DNS:b.example.com, DNS:a.example.com'         | valid",
        "A.Example.com.    | subjectaltname: 'DNS:a.example.COM'                            | valid",
        "a.example.com     | subjectaltname: 'DNS:*.example.com'                            | valid",
        "a.b.example.com   | subjectaltname: 'DNS:*.example.com'                            | Host: a.b.example.com. is not in the cert's altnames: DNS:*.example.com",
        "example.com       | subjectaltname: 'DNS:*.example.com'                            | Host: example.com. is not in the cert's altnames: DNS:*.example.com",
        "example.com       | subjectaltname: 'DNS:*.com'                                    | Host: example.com. is not in the cert's altnames: DNS:*.com",
        "web1.example.com  | subjectaltname: 'DNS:web*.example.com'                         | valid",
        "app1.example.com  | subjectaltname: 'DNS:web*.example.com'                         | Host: app1.example.com. is not in the cert's altnames: DNS:web*.example.com",
        "a.example.com     | subjectaltname: 'DNS:*.*.com'                                  | Host: a.example.com. is not in the cert's altnames: DNS:*.*.com",
        "a.com             | subject: { CN: 'a.com' }                                       | valid",
        "b.com             | subject: { CN: ['a.com', 'b.com'] }                            | valid",
        "b.com             | subject: { CN: 'a.com' }                                       | Host: b.com. is not cert's CN: a.com",
        "a.com             | subject: { CN: 'a.com' }, subjectaltname: 'DNS:b.com'          | Host: a.com. is not in the cert's altnames: DNS:b.com",
        "192.0.2.1         | subjectaltname: 'DNS:a.com, IP Address:192.0.2.1'              | valid",
        "192.0.2.1         | subject: { CN: '192.0.2.1' }                                   | IP: 192.0.2.1 is not in the cert's list: ''",
        "192.0.2.1         | subjectaltname: 'DNS:192.0.2.1'                                | IP: 192.0.2.1 is not in the cert's list: ''",
        "2001:db8::1       | subjectaltname: 'IP Address:2001:DB8:0:0:0:0:0:1'              | valid",
        "a.com             | subject: {}                                                    | Cert does not contain a DNS name",
      },
      quoteCharacter = '§')
  void aCertificateIsThatOfTheHostsItNames(String host, String certificate, String result) {
    assertThat(
            returned(
                """
                const error = tls.checkServerIdentity('%s', { %s });
                if (!error) return 'valid';
                const wrong = error.code !== 'ERR_TLS_CERT_ALTNAME_INVALID' || !(error instanceof Error) || !error.message.endsWith(error.reason);
                return wrong ? 'no such error' : error.reason;
                """
                    .formatted(host, certificate)))
        .isEqualTo(new BsonString(result.replace("''", "")));
  }

  @Test
  void aSecureConnectionProvesWhoIsThere() {
    assertThat(
            returned(
                """
                const socket = tls.connect({ host, port: securePort, ca, servername: 'right.test' });
                await new Promise((done, fail) => socket.on('secureConnect', done).on('error', fail));
                const heard = new Promise((done) => socket.once('data', done));
                socket.write('hi');
                const text = String(await heard);
                socket.end();
                return [socket.authorized, socket.encrypted, /^TLS/.test(socket.getProtocol()), socket.getPeerCertificate().subject.CN, text];
                """))
        .isEqualTo(array("[true, true, true, 'right.test', 'HI']"));
  }

  @Test
  void aProgramMayBelieveAnybody() {
    assertThat(
            returned(
                """
                const socket = tls.connect(securePort, host, { rejectUnauthorized: false });
                await new Promise((done, fail) => socket.on('secureConnect', done).on('error', fail));
                socket.destroy();
                return socket.authorized;
                """))
        .isEqualTo(BsonBoolean.FALSE);
  }

  @Test
  void aConnectionThatIsLeftOpenEndsWithTheCall() {
    assertThat(
            returned(
                """
                const socket = net.connect(port, host);
                await new Promise((done) => socket.once('connect', done));
                socket.unref();
                return 'done';
                """))
        .isEqualTo(new BsonString("done"));

    while (open.get() > 0 && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatNobodyWaitsForIsSentAllTheSame() {
    assertThat(
            returned(
                """
                const socket = net.connect(port, host);
                socket.setEncoding('utf8').on('data', (text) => { console.log('heard ' + text); socket.destroy(); });
                socket.write('late');
                return 'done';
                """))
        .isEqualTo(new BsonString("done"));
    assertThat(worker.lines).anyMatch(line -> line.text().equals("heard LATE"));
  }

  @Test
  void timeoutsOfConnections() {
    assertThat(
            returned(
                """
                const socket = net.connect(port, host);
                await new Promise((done) => socket.setTimeout(20, done));
                const other = net.connect({ port, host, timeout: 20 });
                await new Promise((done) => other.on('timeout', done));
                socket.destroy(); other.destroy();
                return 'timed out';
                """))
        .isEqualTo(new BsonString("timed out"));
  }

  @Test
  void aServerThatSendsWithoutEndIsReadAsFarAsTheFunctionLikes() {
    Outcome outcome =
        worker.run(
            app,
            constants
                + """
                const parts = [];
                const socket = net.connect(port, host).on('data', (part) => { parts.push(part); if (parts.length === 300) socket.destroy(); });
                socket.write('pour');
                await new Promise((done) => socket.on('close', done));
                return parts.length;
                """);

    assertThat(outcome).isEqualTo(new Outcome.Returned(new BsonInt32(300)));
  }

  @Test
  void oneConnectionTooManyEndsTheCallWhateverItCatches() {
    Outcome outcome =
        worker.run(
            app,
            constants
                + """
                try {
                  const all = Array.from({ length: 26 }, () => net.connect(port, host).on('error', () => {}));
                  await Promise.all(all.map((each) => new Promise((done) => each.on('connect', done).on('error', done))));
                } finally { return 'still here'; }
                """);

    assertThat(outcome)
        .isEqualTo(
            new Outcome.OverLimit(Limit.SOCKETS, "exceeded max number of open sockets of 25"));
  }

  @Test
  void namesAreLookedUp() {
    assertThat(
            returned(
                """
                const code = (promise) => promise.then((value) => value, (error) => error.code);
                return [await dns.promises.lookup(host), await dns.promises.lookup(host, { all: true }), await code(dns.promises.lookup('localhost')),
                  await code(dns.promises.resolve4('localhost')), await code(new dns.promises.Resolver().resolveMx('a.test')), await code(dns.promises.resolveAny('a.test')),
                  await new Promise((done) => dns.lookup(host, (error, address, family) => done([error, address, family]))),
                  await code(dns.promises.reverse('10.0.0.1')), await code(dns.promises.resolve4('::1'))];
                """))
        .isEqualTo(
            array(
                """
                [{address: '127.0.0.2', family: 4}, [{address: '127.0.0.2', family: 4}], 'RestrictedHost', 'RestrictedHost', 'EREFUSED', 'EREFUSED',
                 [null, '127.0.0.2', 4], 'EREFUSED', 'ENODATA']
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.connect(X)",
        "net.connect(port, X)",
        "net.connect({ host: X, port })",
        "net.connect({ host, port, lookup: (name, options, done) => done(null, X) })",
        "tls.connect({ host, port: securePort, servername: X, ca })",
        "tls.connect({ host, port: securePort, ca: X })",
        "tls.connect({ host, port: securePort, rejectUnauthorized: X })",
        "tls.connect({ socket: X })",
        "net.connect(port, host).write(X)",
        "net.connect(port, host).end(X)",
        "net.connect(port, host).setTimeout(X)",
        "dns.lookup(X, () => {})",
        "dns.lookup('a', X, () => {})",
        "dns.resolve(X, X, () => {})",
        "dns.reverse(X, () => {})",
        "dns.resolveMx(X, () => {})",
      })
  void oddArgumentsAreTakenOrRefusedAndShowNothingOfTheHost(String call) {
    BsonValue shown =
        returned(
            """
            const cyclic = {}; cyclic.self = cyclic;
            const { proxy, revoke } = Proxy.revocable({}, {}); revoke();
            const traps = new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); } });
            const odd = [undefined, null, true, NaN, -1, 70000, 1n, Symbol('x'), '', '\\0', 'x'.repeat(100000), cyclic, proxy, traps, { then(done) { done('a'); } },
              { get host() { throw new Error('getter'); }, get length() { throw new Error('getter'); } }, { toString() { throw new Error('text'); } }, [], [[]], () => 1, new Date(NaN), new Uint8Array(3), BSON.MinKey()];
            const bad = [];
            const note = (error) => { let text = ''; try { text = error.message + error.stack; } catch {} if (/dev.berth|java[.]|io[.]netty|vertx|berth:|internal error/.test(text)) bad.push(text); };
            for (const X of odd) {
              try {
                const made = CALL;
                if (made && made.on) await new Promise((done) => { made.on('error', (error) => { note(error); done(); }); made.on('connect', done); made.on('close', done); setTimeout(done, 200); });
                if (made && made.destroy) made.destroy();
              } catch (error) { note(error); }
            }
            return bad;
            """
                .replace("CALL", call));

    assertThat(shown).isEqualTo(new BsonArray());
  }
}
