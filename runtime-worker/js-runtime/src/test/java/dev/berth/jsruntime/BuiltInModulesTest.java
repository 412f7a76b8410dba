package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonArray;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The modules of Node.js do what they do there.
class BuiltInModulesTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private BsonValue evaluated(String body) {
    app.function("main", "exports = async () => {" + body + "};");
    return app.returned("main");
  }

  private void assertGives(String body, String json) {
    assertThat(evaluated(body)).isEqualTo(BsonArray.parse(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assert",
        "assert/strict",
        "async_hooks",
        "buffer",
        "constants",
        "crypto",
        "dgram",
        "diagnostics_channel",
        "dns",
        "dns/promises",
        "events",
        "fs",
        "fs/promises",
        "http",
        "http2",
        "https",
        "module",
        "net",
        "os",
        "path",
        "path/posix",
        "perf_hooks",
        "process",
        "punycode",
        "querystring",
        "stream",
        "stream/promises",
        "string_decoder",
        "sys",
        "timers",
        "timers/promises",
        "tls",
        "tty",
        "url",
        "util",
        "util/types",
        "zlib"
      })
  void eachModuleLoadsByBothItsNamesAndLeavesItsContextWhole(String name) {
    app.function(
        "main", "exports = () => '' + (require('" + name + "') === require('node:" + name + "'));");

    assertThat(app.returned("main")).isEqualTo(new BsonString("true"));
    assertThat(app.contexts().idleCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "child_process",
        "cluster",
        "domain",
        "readline",
        "v8",
        "vm",
        "worker_threads",
        "inspector",
        "node:child_process",
        "node:nothing"
      })
  void whatTheRuntimeDoesNotHaveIsSaid(String name) {
    app.function("main", "exports = () => require('" + name + "');");

    assertThat(app.call("main"))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw ->
                assertThat(threw.message())
                    .isEqualTo(
                        "Cannot find module '"
                            + name
                            + "': this runtime does not have that module of Node.js"));
  }

  @Test
  void events() {
    assertGives(
        """
        const E = require('events'); const e = new E(); const got = [];
        e.on('x', (a) => got.push(a)); e.once('x', (a) => got.push('once' + a)); e.prependListener('x', () => got.push('first'));
        e.emit('x', 1); e.emit('x', 2);
        const waited = E.once(e, 'y'); e.emit('y', 3);
        const { AbortController } = E; const c = new AbortController(); c.signal.addEventListener('abort', () => got.push('aborted')); c.abort();
        return [got, await waited, e.listenerCount('x'), E === E.EventEmitter];""",
        "[['first', 1, 'once1', 'first', 2, 'aborted'], [3], 2, true]");
  }

  @Test
  void buffers() {
    assertGives(
        """
        const { Buffer } = require('buffer');
        const b = Buffer.from('h\\u00e9llo \\ud83d\\ude00');
        return [b.toString('hex'), b.toString('base64'), b.toString('base64url'), b.toString(), Buffer.from('aGk', 'base64').toString(),
          Buffer.from('_-8', 'base64url').toString('hex'), Buffer.concat([Buffer.from([1]), Buffer.alloc(2, 7)]).toJSON().data,
          Buffer.from('ff00', 'hex').readUInt16BE(0), Buffer.from('abc').equals(Buffer.from('abc')), Buffer.isBuffer(b), Buffer.byteLength('\\u00e9'),
          b.slice(0, 1).toString('latin1'), Buffer.compare(Buffer.from('a'), Buffer.from('b')), b.indexOf('llo'), Buffer.alloc(3).fill('ab').toString(),
          Buffer.from('abc').readUint8(1), Buffer.from('\\ufeffa').length,
          ...['ascii', 'latin1', 'utf16le'].map((to) => require('buffer').transcode(Buffer.from('\\u20ac\\u00e9'), 'utf8', to).toString('hex'))];""",
        """
        ['68c3a96c6c6f20f09f9880', 'aMOpbGxvIPCfmIA=', 'aMOpbGxvIPCfmIA', 'h\\u00e9llo \\ud83d\\ude00', 'hi', 'ffef', [1, 7, 7],
         65280, true, true, 2, 'h', -1, 3, 'aba', 98, 4, '3f3f', '3fe9', 'ac20e900']""");
  }

  @Test
  void util() {
    assertGives(
        """
        const util = require('util');
        class A { constructor() { this.x = 1; } }
        const cyclic = { a: 1 }; cyclic.self = cyclic;
        const callbackify = await new Promise((r) => util.callbackify(async (x) => x + 1)(1, (e, v) => r(v)));
        return [util.format('%s %d %i %j %% %o', 'a', 1.5, 2.7, { b: 1 }, [1]), util.format('a', 'b', { c: 1 }), util.inspect(new A()),
          util.inspect({ a: [1, 'x', null, undefined], m: new Map([[1, 2]]), s: new Set(['q']), d: new Date(0), f() {}, n: -0 }),
          util.inspect(cyclic), util.inspect({ a: { b: { c: { d: 1 } } } }), await util.promisify((a, cb) => cb(null, a * 2))(4), callbackify,
          util.isDeepStrictEqual({ a: [1, new Map([[1, { x: 1 }]])] }, { a: [1, new Map([[1, { x: 1 }]])] }), util.isDeepStrictEqual([1], ['1']),
          util.types.isDate(new Date()), util.types.isUint8Array(new Uint8Array(1)), util.inspect({ [util.inspect.custom]: () => 'mine' })];""",
        """
        ['a 1.5 2 {"b":1} % [ 1, length: 1 ]', 'a b { c: 1 }', 'A { x: 1 }',
         "{\\n  a: [ 1, 'x', null, undefined ],\\n  m: Map(1) { 1 => 2 },\\n  s: Set(1) { 'q' },\\n  d: 1970-01-01T00:00:00.000Z,\\n  f: [Function: f],\\n  n: -0\\n}",
         '{ a: 1, self: [Circular *1] }', '{ a: { b: { c: [Object] } } }', 8, 2, true, false, true, true, 'mine']""");
  }

  @Test
  void assertions() {
    assertGives(
        """
        const assert = require('assert');
        const thrown = (f) => { try { f(); return 'none'; } catch (e) { return e.code + ': ' + e.message; } };
        assert(1); assert.deepEqual({ a: 1 }, { a: '1' }); assert.throws(() => { throw new TypeError('x'); }, TypeError);
        await assert.rejects(Promise.reject(new Error('y')), /y/);
        return [thrown(() => assert.strictEqual(1, 2, 'not one')), thrown(() => assert.deepStrictEqual({ a: 1 }, { a: '1' })).slice(0, 13),
          thrown(() => assert.ok(0)).slice(0, 13), thrown(() => assert.notStrictEqual(1, 2))];""",
        "['ERR_ASSERTION: not one', 'ERR_ASSERTION', 'ERR_ASSERTION', 'none']");
  }

  @Test
  void pathsAndQueries() {
    assertGives(
        """
        const path = require('path'); const qs = require('querystring'); const os = require('os');
        return [path.join('/a', '..', 'b/c.txt'), path.basename('/a/b.txt', '.txt'), path.extname('x.y.z'), path.resolve('a'), path.relative('/a/b', '/a/c'),
          qs.stringify({ a: [1, 'x y'], b: '\\u00e9&' }), qs.parse('a=1&a=2&b=x+y%21&c').a, qs.parse('b=x+y%21').b, qs.escape('a b'), os.EOL, os.platform()];""",
        "['/b/c.txt', 'b', '.z', '/a', '../c', 'a=1&a=x%20y&b=%C3%A9%26', ['1', '2'], 'x y!', 'a%20b', '\\n', 'linux']");
  }

  @Test
  void urls() {
    assertGives(
        """
        const { URL, URLSearchParams, parse, format, resolve } = require('url');
        const u = new URL('../x y?a=1#h', 'HTTPS://us%40er:pw@Ex\\u00e4mple.com:443/a/b/c');
        u.searchParams.append('b', 'c d');
        const p = new URLSearchParams({ q: '1 2', r: 'x&y' });
        return [u.href, u.host, u.origin, u.pathname, u.search, p.toString(), [...p].length, new URL('http://0x7f.1/').hostname,
          new URL('http://[::1]:8080/').host, URL.canParse('nope'), parse('http://a.b:1/c?d=e#f').port, format({ protocol: 'http', host: 'x.y', pathname: '/z' }),
          resolve('http://a/b/c', '../d'), new URL('mailto:a@b.c').pathname, new URL('file:///a/../b').href, new URL('?q', 'http://a/b').href,
          new URL('//c/d', 'https://a/b').href, new URL('http://a').href, new URL('http://[2001:db8:0:0:1:0:0:1]/').hostname];""",
        """
        ['https://us%40er:pw@xn--exmple-cua.com/a/x%20y?a=1&b=c+d#h', 'xn--exmple-cua.com', 'https://xn--exmple-cua.com', '/a/x%20y', '?a=1&b=c+d',
         'q=1+2&r=x%26y', 2, '127.0.0.1', '[::1]:8080', false, '1', 'http://x.y/z', 'http://a/d', 'a@b.c', 'file:///b', 'http://a/b?q',
         'https://c/d', 'http://a/', '[2001:db8::1:0:0:1]']""");
  }

  @Test
  void streams() {
    assertGives(
        """
        const { Readable, Transform, PassThrough, pipeline, Stream } = require('stream'); const { StringDecoder } = require('string_decoder');
        const upper = new Transform({ transform(chunk, encoding, callback) { callback(null, chunk.toString().toUpperCase()); } });
        const chunks = []; const sink = new PassThrough(); sink.on('data', (c) => chunks.push(c.toString()));
        await new Promise((resolve, reject) => pipeline(Readable.from(['ab', 'c']), upper, sink, (e) => (e ? reject(e) : resolve())));
        const seen = []; for await (const each of Readable.from([1, 2, 3])) seen.push(each);
        const decoder = new StringDecoder('utf8');
        const failed = await require('stream/promises').pipeline(new Readable({ read() { this.destroy(new Error('broken')); } }), new PassThrough()).catch((e) => e.message);
        return [chunks.join(''), seen, decoder.write(Buffer.from([0xe2, 0x82])) + decoder.write(Buffer.from([0xac])), failed, sink instanceof Stream, new Readable() instanceof require('events')];"""
            .replace("Buffer.from", "require('buffer').Buffer.from"),
        "['ABC', [1, 2, 3], '\\u20ac', 'broken', true, true]");
  }

  @Test
  void timersAndTheProcess() {
    assertGives(
        """
        const process = require('process'); const order = [];
        process.nextTick((x) => order.push(x), 'tick'); order.push('now'); await null; await null;
        await require('timers/promises').setTimeout(1); order.push('timer');
        return [order, Object.keys(process.env).length, /^v\\d+/.test(process.version), process.cwd(), typeof process.hrtime()[0], require('tty').isatty(0)];""",
        "[['now', 'tick', 'timer'], 0, true, '/', 'number', false]");
  }

  @Test
  void filesArePackagesAndNothingElse() {
    app.file("p/data.txt", "h\u00e9")
        .file(
            "p/index.js",
            "module.exports = require('fs').readFileSync(__dirname + '/data.txt', 'utf8');");

    assertGives(
        """
        const fs = require('fs');
        const code = (f) => { try { f(); return 'none'; } catch (e) { return e.code; } };
        return [require('p'), fs.existsSync('/etc/passwd'), code(() => fs.readFileSync('/etc/passwd')), code(() => fs.readFileSync('/node_modules/../etc/passwd')),
          code(() => fs.writeFileSync('/tmp/x', 'y')), code(() => fs.accessSync('/node_modules/p/data.txt')), fs.statSync('/node_modules/p/data.txt').size,
          await fs.promises.readFile('/proc/self/environ').catch((e) => e.code)];""",
        "['h\u00e9', false, 'ENOENT', 'ENOENT', 'EROFS', 'none', 3, 'ENOENT']");
  }

  @Test
  void connectionsThatCannotBeMadeSaySo() {
    app.services.put(
        "net",
        (_, _, _) ->
            CompletableFuture.failedFuture(
                new GuestServiceException("ECONNREFUSED", "the connection was refused", null)));

    assertGives(
        """
        const failed = (emitter) => new Promise((resolve) => emitter.on('error', (e) => resolve(e.code)));
        return [await failed(require('net').connect(80, 'a.test')), await failed(require('tls').connect(443, 'a.test')),
          await require('dns').promises.lookup('a.test').catch((e) => e.code), require('net').isIP('::1'), require('net').isIP('1.2.3.4'), require('net').isIP('1.2.3')];""",
        "['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED', 6, 4, 0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "createHash('md5').update('a').digest('hex') | 0cc175b9c0f1b6a831c399e269772661",
        "createHash('SHA256').update('a').update('b').digest('base64') | +44g/C5MPySMYMOb1lLzwTRymLuXe4tNWQO4UFViBgM=",
        "createHmac('sha1', 'key').update('The quick brown fox jumps over the lazy dog').digest('hex') | de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9",
        "createHmac('sha256', '').update('').digest('hex') | b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
        "pbkdf2Sync('password', 'salt', 2, 20, 'sha1').toString('hex') | ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957",
        "scryptSync('password', 'NaCl', 64, { N: 1024, r: 8, p: 16 }).toString('hex') | fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "scryptSync('', '', 64, { N: 16, r: 1, p: 1 }).toString('hex') | 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
      })
  void documentedValuesOfCrypto(String expression, String value) {
    assertThat(evaluated("return require('crypto')." + expression + ";"))
        .isEqualTo(new BsonString(value));
  }

  @Test
  void ciphersAndSignatures() {
    assertGives(
        """
        const c = require('crypto'); const { Buffer } = require('buffer');
        const key = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
        const both = (name, iv) => {
          const e = c.createCipheriv(name, key, iv); if (/gcm/.test(name)) e.setAAD(Buffer.from('aad'));
          const data = e.update('secret', 'utf8', 'hex') + e.final('hex');
          const d = c.createDecipheriv(name, key, iv); if (/gcm/.test(name)) d.setAAD(Buffer.from('aad')).setAuthTag(e.getAuthTag());
          return [data.length, d.update(data, 'hex', 'utf8') + d.final('utf8')];
        };
        const rsa = c.generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
        const ec = c.generateKeyPairSync('ec', { namedCurve: 'P-256' });
        const signature = c.createSign('RSA-SHA256').update('x').sign(rsa.privateKey, 'base64');
        const pss = { key: rsa.privateKey, padding: c.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
        const plain = { key: ec.privateKey, dsaEncoding: 'ieee-p1363' };
        return [both('aes-128-cbc', Buffer.alloc(16)), both('aes-128-ctr', Buffer.alloc(16)), both('aes-128-gcm', Buffer.alloc(12)), both('aes-128-ecb', null),
          c.createVerify('RSA-SHA256').update('x').verify(rsa.publicKey, signature, 'base64'), c.createVerify('RSA-SHA256').update('y').verify(rsa.publicKey, signature, 'base64'),
          c.verify('sha256', Buffer.from('x'), { ...pss, key: rsa.publicKey }, c.sign('sha256', Buffer.from('x'), pss)),
          c.sign('sha256', Buffer.from('x'), plain).length, c.verify('sha256', Buffer.from('x'), ec.publicKey, c.sign('sha256', Buffer.from('x'), ec.privateKey)),
          c.privateDecrypt(rsa.privateKey, c.publicEncrypt(rsa.publicKey, Buffer.from('m'))).toString(), ec.privateKey.asymmetricKeyType, ec.publicKey.type,
          c.randomBytes(5).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(c.randomUUID()), c.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), c.randomInt(3) < 3];""",
        """
        [[32, 'secret'], [12, 'secret'], [12, 'secret'], [32, 'secret'], true, false, true, 64, true, 'm', 'ec', 'public', 5, true, true, true]""");
  }

  @Test
  void compression() {
    assertGives(
        """
        const z = require('zlib'); const { Buffer } = require('buffer'); const text = 'abc'.repeat(1000);
        const code = (f) => { try { f(); return 'none'; } catch (e) { return e.code; } };
        const stream = z.createGunzip(); const chunks = []; stream.on('data', (c) => chunks.push(c)); stream.end(z.gzipSync(text));
        await new Promise((r) => stream.on('end', r));
        return [z.gunzipSync(z.gzipSync(text)).toString() === text, z.inflateSync(z.deflateSync(text)).length, z.inflateRawSync(z.deflateRawSync(text)).length,
          z.unzipSync(z.deflateSync('x')).toString(), z.gzipSync(text).length < 100, Buffer.concat(chunks).length,
          await new Promise((r) => z.gzip('y', (e, b) => r(z.gunzipSync(b).toString()))), code(() => z.gunzipSync(Buffer.from('no'))),
          code(() => z.inflateSync(z.deflateSync(text).slice(0, 10))), code(() => z.gunzipSync(z.gzipSync(text), { maxOutputLength: 10 })), z.crc32('hello')];""",
        "[true, 3000, 3000, 'x', true, 3000, 'y', 'Z_DATA_ERROR', 'Z_BUF_ERROR', 'ERR_BUFFER_TOO_LARGE', 907060870]");
  }

  /// Each argument of each function that reaches the host, with what no program gives.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "undefined",
        "null",
        "NaN",
        "-1",
        "1e300",
        "10n ** 40n",
        "Symbol('x')",
        "new Proxy({}, { get() { throw new Error('trap'); } })",
        "(() => { const a = []; a[0] = a; return a; })()",
        "{ then(f) { f(1); } }",
        "{ get key() { throw new Error('getter'); } }",
        "() => 1",
        "'\\u0000'",
        "'\\ud800'",
        "'x'.repeat(100000)",
        "{ toString() { return 'md5'; }, length: 1e9 }",
        "new Uint8Array(0)",
        "new Proxy(new Uint8Array(4), {})"
      })
  void oddArgumentsOfCryptoAndZlibThrowAndNothingElse(String odd) {
    app.function(
        "main",
        """
        const c = require('crypto'), z = require('zlib');
        exports = () => {
          const odd = ODD;
          const said = [];
          const attempt = (f) => { try { f(); } catch (e) { said.push(String(e && e.message)); } };
          for (const name of ['createHash', 'createHmac', 'createCipheriv', 'createDecipheriv', 'createSign', 'createVerify', 'createPrivateKey', 'createPublicKey',
              'createSecretKey', 'sign', 'verify', 'hash', 'publicEncrypt', 'privateDecrypt', 'randomBytes', 'randomFillSync', 'randomInt', 'pbkdf2Sync',
              'scryptSync', 'hkdfSync', 'timingSafeEqual', 'generateKeyPairSync']) {
            attempt(() => c[name](odd));
            attempt(() => c[name]('sha256', odd, odd, odd, odd));
            attempt(() => c[name](odd, 'a', 1, 1, 'sha256'));
            attempt(() => c[name]('aes-128-cbc', 'k'.repeat(16), odd));
          }
          attempt(() => c.createHash('md5').update(odd));
          attempt(() => c.createHmac('md5', 'k').update(odd).digest(odd));
          for (const name of ['gzipSync', 'gunzipSync', 'deflateSync', 'inflateSync', 'unzipSync', 'inflateRawSync']) {
            attempt(() => z[name](odd));
            attempt(() => z[name]('x', { level: odd, maxOutputLength: odd }));
          }
          for (const name of ['readFileSync', 'statSync', 'accessSync']) attempt(() => require('fs')[name](odd));
          return said.join('\\n');
        };
        """
            .replace("ODD", odd));

    Outcome outcome = app.call("main");

    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
    assertThat(outcome.toString())
        .contains("value")
        .doesNotContain("java.", "javax", "graal", "dev.berth", "sun.", "berth:", "internal error");
  }

  @Test
  void anInflatedBombIsStopped() {
    assertThat(
            evaluated(
                """
                const z = require('zlib'); const { Buffer } = require('buffer');
                const big = z.deflateSync(Buffer.alloc(32 << 20));
                try { z.inflateSync(big, { maxOutputLength: 1 << 20 }); return 'none'; } catch (e) { return e.code; }"""))
        .isEqualTo(new BsonString("ERR_BUFFER_TOO_LARGE"));
  }
}
