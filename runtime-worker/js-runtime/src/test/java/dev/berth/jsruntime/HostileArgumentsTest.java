package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.service.GuestService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonArray;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that reaches the host, called with everything that no program would give it.
class HostileArgumentsTest {

  private static final String ODD =
      """
      const cyclic = {}; cyclic.self = cyclic;
      const { proxy: revoked, revoke } = Proxy.revocable({}, {}); revoke();
      const traps = new Proxy({}, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); }, getPrototypeOf() { throw new Error('trap'); } });
      const odd = [undefined, null, true, NaN, -0, Infinity, 1n, 2n ** 64n, Symbol('x'), Symbol.iterator, '', '\\0', '\\ud800', 'x'.repeat(100000), cyclic, revoked, traps,
        new Proxy(function () {}, {}), new Proxy([], {}), { then(resolve) { resolve('a'); } }, { get x() { throw new Error('getter'); } },
        { toString() { throw new Error('text'); } }, { valueOf() { throw new Error('value'); }, toString: null }, { toJSON() { throw new Error('json'); } },
        { [Symbol.toPrimitive]() { return Symbol('y'); } }, Object.create(null), [], [,], new Array(1000), () => 1, class {}, new Date(NaN), /x/,
        new Uint8Array(3), new ArrayBuffer(3), new DataView(new ArrayBuffer(3)), new Map([[1, 2]]), new WeakMap(), Promise.resolve(1), BSON.MinKey(), BSON.MinKey,
        BSON.Binary.fromHex('00ff'), new (class extends Uint8Array { get buffer() { throw new Error('buffer'); } })(2), globalThis, context, '-----BEGIN PRIVATE KEY----------END', '-----BEGIN RSA PUBLIC KEY-----\\nMAA=\\n-----END RSA PUBLIC KEY-----'];
      """;

  private static final String OURS =
      "/berth:|dev[./]berth|com[./]oracle|org[./]graalvm|java[./]|polyglot|internal error/i";

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  /// Each odd value takes each place among good arguments, then all places at once.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[utils.crypto.encrypt, 'aes', 'm', 'k'.repeat(16)]",
        "[utils.crypto.decrypt, 'aes', utils.crypto.encrypt('aes', 'm', 'k'.repeat(16)), 'k'.repeat(16)]",
        "[utils.crypto.sign, 'rsa', 'm', 'key', 'pss']",
        "[utils.crypto.verify, 'rsa', 'm', 'key', BSON.Binary.fromHex('00'), 'pss']",
        "[utils.crypto.hmac, 'm', 's', 'sha256', 'hex']",
        "[utils.crypto.hash, 'md5', 'm']",
        "[utils.jwt.encode, 'HS256', {}, 'k', {}]",
        "[utils.jwt.decode, utils.jwt.encode('HS256', {}, 'k'), 'k', true, ['HS256']]",
        "[(a, b) => new URL(a, b), 'x', 'http://h']",
        "[URL.canParse, 'x', 'http://h']",
        "[(part, value) => { const u = new URL('http://h'); u[part] = value; return u.href; }, 'host', 'x']",
        "[(init) => String(new URLSearchParams(init)), 'a=1']",
        "[(n, v) => { const p = new URLSearchParams(); p.append(n, v); p.set(v, n); return String(p); }, 'a', 'b']",
        "[btoa, 'a']",
        "[atob, 'YQ==']",
        "[structuredClone, {}]",
        "[(a, b) => new Headers([[a, b]]), 'a', 'b']",
        "[(a, b) => new Response(a, b), 'a', {}]",
        "[(...values) => console.log(...values), 'a', 'b']",
        "[(value) => EJSON.stringify(value), 'a']",
        "[(text, reviver) => EJSON.parse(text, reviver), '{}', undefined]",
        "[(a, b) => BSON.Binary.fromHex(a, b), '00', 0]",
        "[Error.captureStackTrace, {}]",
      })
  void oddArgumentsAreTakenOrRefusedAndShowNothingOfTheHost(String call) {
    app.limits = app.limits.withLog(100_000, 100);
    app.function(
        "main",
        ODD
            + """
            const OURS = %s;
            const text = (value) => { try { return String(value && value.message) + String(value && value.stack); } catch { return ''; } };
            exports = () => {
              const [callee, ...good] = %s;
              const bad = [];
              let calls = 0;
              for (const value of odd) {
                for (let place = 0; place <= good.length; place++) {
                  const values = good.map((each, i) => (i === place || place === good.length ? value : each));
                  calls++;
                  try {
                    callee(...values);
                  } catch (error) {
                    if (OURS.test(text(error))) bad.push(text(error));
                  }
                }
              }
              return [bad, calls > 40];
            };
            """
                .formatted(OURS, call));

    assertThat(app.returned("main")).isEqualTo(BsonArray.parse("[[], true]"));
  }

  /// The same for what reaches services and what answers later.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[(o) => context.http.get(o), { url: 'http://h' }]",
        "[(name, value) => context.http.post({ url: 'http://h', [typeof name === 'string' ? name : 'body']: value }), 'headers', {}]",
        "[(url, init) => fetch(url, init), 'http://h', {}]",
        "[(name) => context.services.get(name), 'mongodb-atlas']",
        "[(name) => context.values.get(name), 'x']",
        "[(name) => context.environment.values[name], 'x']",
        "[(name, a) => context.functions.execute(name, a), 'other', 1]",
        "[(d, c) => context.services.get('mongodb-atlas').db(d).collection(c).count(), 'd', 'c']",
        "[(q, p, o) => things().find(q, p, o).toArray(), {}, {}, {}]",
        "[(s, n) => things().find({}).sort(s).limit(n).skip(n).next(), {}, 1]",
        "[(q, p) => things().findOne(q, p), {}, {}]",
        "[(d) => things().insertOne(d), {}]",
        "[(d, o) => things().insertMany(d, o), [{}], {}]",
        "[(q, u, o) => things().updateOne(q, u, o), {}, {}, {}]",
        "[(q, u, o) => things().findOneAndUpdate(q, u, o), {}, {}, {}]",
        "[(q) => things().deleteMany(q), {}]",
        "[(p) => things().aggregate(p).toArray(), []]",
        "[(f, q) => things().distinct(f, q), 'f', {}]",
        "[(o) => things().bulkWrite(o), []]",
        "[(q, d, o) => things().replaceOne(q, d, o), {}, {}, {}]",
        "[(q, o) => things().deleteOne(q, o), {}, {}]",
        "[(q, u, o) => things().updateMany(q, u, o), {}, {}, {}]",
        "[(q, d, o) => things().findOneAndReplace(q, d, o), {}, {}, {}]",
        "[(q, o) => things().findOneAndDelete(q, o), {}, {}]",
        "[(q, u, o) => { const b = things().initializeOrderedBulkOp(); b.find(q).upsert().updateOne(u); b.insert(u); return b.execute(o); }, {}, {}, {}]",
        "[(q, u, o) => { const b = things().initializeUnorderedBulkOp(); b.find(q).replaceOne(u); b.find(q).remove(); return b.execute(o); }, {}, {}, {}]",
        "[(w, o) => context.services.get('mongodb-atlas').startSession().withTransaction(w, o), () => 1, {}]",
        "[(s) => things().insertOne({}, { session: s }), {}]",
        "[(o) => context.services.get('mongodb-atlas').startSession(o).startTransaction(o), {}]",
        "[(h, c) => require('tls').checkServerIdentity(h, c), 'h', { subjectaltname: 'DNS:h', subject: { CN: 'h' } }]",
        "[(a, k, i, m) => require('crypto').createDecipheriv(a, k, i).update(m), 'aes-128-cbc', 'k'.repeat(16), 'i'.repeat(16), 'm']",
        "[(k, m) => require('crypto').publicEncrypt(k, m), 'k', Buffer.from('m')]",
        "[(k, m) => require('crypto').privateDecrypt(k, m), 'k', Buffer.from('m')]",
        "[(n, a) => BSON[typeof n === 'string' ? n : 'Long'](a), 'ObjectId', 'a']",
        "[(n, a) => new BSON[typeof n === 'string' ? n : 'Decimal128'](a), 'Timestamp', 1]",
        "[(n, a) => new BSON[typeof n === 'string' ? n : 'BSONRegExp'](a, a), 'UUID', 'a']",
        "[(a) => BSON.Binary.fromBase64(a), 'YQ==']",
        "[(f, n) => { clearTimeout(setTimeout(f, n)); clearInterval(setInterval(f, n)); clearTimeout(n); }, () => 1, 1]",
        "[(f) => queueMicrotask(f), () => 1]",
        "[(b, o) => { const z = require('zlib'); z.gunzipSync(z.gzipSync(b, o), o); z.inflateSync(b, o); }, 'x', {}]",
        "[(h, k, m, e) => require('crypto').createHmac(h, k).update(m).digest(e), 'md5', 'k', 'm', 'hex']",
        "[(p, s, n, l, h) => require('crypto').pbkdf2Sync(p, s, n, l, h), 'p', 's', 1, 8, 'sha1']",
        "[(p, s, l, n) => require('crypto').scryptSync(p, s, l, { N: n, r: 1 }), 'p', 's', 8, 2]",
        "[(h, k, s, i, l) => require('crypto').hkdfSync(h, k, s, i, l), 'sha256', 'k', 's', 'i', 8]",
        "[(a, k, i, m) => require('crypto').createCipheriv(a, k, i).update(m), 'aes-128-cbc', 'k'.repeat(16), 'i'.repeat(16), 'm']",
        "[(n) => require('crypto').randomBytes(n), 3]",
        "[(a, m, k) => require('crypto').sign(a, m, k), 'sha256', 'm', 'k']",
        "[(a, m, k, s) => require('crypto').verify(a, m, k, s), 'sha256', 'm', 'k', 's']",
        "[(t, o) => require('crypto').generateKeyPairSync(t, o), 'ec', { namedCurve: 'P-256' }]",
        "[(o, d) => new Promise((done) => require('http').request(o, done).on('error', done).end(d)), { host: 'h' }, 'x']",
        "[(p, o) => require('fs').readFileSync(p, o), '/node_modules/x', 'utf8']",
        "[(b, f, t) => require('buffer').transcode(b, f, t), Buffer.from('a'), 'utf8', 'ascii']",
      })
  void oddArgumentsOfServicesShowNothingOfTheHostEither(String call) {
    GuestService silent = (_, _, _) -> CompletableFuture.completedFuture(BsonNull.VALUE);
    app.services.put("http", silent);
    app.services.put("mongodb", silent);
    app.timeLimit = Duration.ofSeconds(55);
    app.limits = app.limits.withLog(100_000, 100);
    app.function("other", "exports = (value) => value;");
    app.function(
        "main",
        ODD
            + """
            const OURS = %s;
            const things = () => context.services.get('mongodb-atlas').db('d').collection('c');
            const text = (value) => { try { return String(value && value.message) + String(value && value.stack); } catch { return ''; } };
            exports = async () => {
              const [callee, ...good] = %s;
              const bad = [];
              for (const value of odd) {
                for (let place = 0; place < good.length; place++) {
                  try {
                    const done = callee(...good.map((each, i) => (i === place ? value : each)));
                    await Promise.race([done, new Promise((late) => setTimeout(late, 20))]);
                  } catch (error) {
                    if (OURS.test(text(error))) bad.push(text(error));
                  }
                }
              }
              return bad;
            };
            """
                .formatted(OURS, call));

    assertThat(app.returned("main")).isEqualTo(new BsonArray());
    assertThat(app.lines)
        .noneMatch(
            line -> line.text().contains("internal error") || line.text().contains("berth:"));
  }

  @Test
  void brokenBuiltInsDoNotOpenTheWayToTheHost() {
    app.function(
        "main",
        """
        exports = () => {
          const bad = [];
          const attempts = [
            () => { Array.prototype[Symbol.iterator] = function* () { yield {}; }; },
            () => { Function.prototype.call = Function.prototype.apply = () => ({}); },
            () => { String.prototype.toWellFormed = () => ({}); String.prototype.slice = () => ({}); },
            () => { Object.defineProperty(Array.prototype, 0, { set() {}, configurable: true }); },
          ];
          for (const attempt of attempts) {
            attempt();
            try { utils.crypto.hash('md5', 'x'); } catch (error) { bad['' + bad.length] = error.message; }
            try { new URL('http://h').searchParams.get('x'); } catch (error) { bad['' + bad.length] = error.message; }
          }
          let out = '';
          for (let i = 0; i < bad.length; i++) out += bad[i] + ';';
          return out;
        };
        """);

    var result = app.call("main");

    assertThat(result.toString()).doesNotContain("java", "oracle", "graalvm", "berth", "internal");
  }

  @Test
  void aCallAtTheEndOfTheStackBreaksNothing() {
    app.function(
        "deep",
        """
        const last = { toJSON() { try { utils.crypto.hmac('m', 's', 'sha512', 'hex'); utils.crypto.encrypt('aes', 'm', 'k'.repeat(16)); new URL('http://ä/'); } catch {} } };
        exports = () => {
          for (let depth = 1000; depth < 500000; depth *= 2) {
            let nested = last;
            for (let i = 0; i < depth; i++) nested = [nested];
            try { JSON.stringify(nested); } catch {}
          }
          return 1;
        };
        """);
    app.function(
        "look",
        """
        exports = () => utils.crypto.hmac('m', 's', 'sha512', 'hex').length + utils.crypto.encrypt('aes', 'm', 'k'.repeat(16)).length()
          + utils.jwt.encode('HS384', {}, 'k').length + new URL('http://ä/').host;
        """);
    app.call("deep");

    assertThat(app.returned("look")).isEqualTo(new BsonString((128 + 29 + 105) + "xn--4ca"));
  }
}
