package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `URL` and `URLSearchParams`. What URLs come to was written down by Node 20.
class UrlTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private static BsonString resource(String name) throws IOException {
    try (InputStream in = UrlTest.class.getResourceAsStream(name)) {
      return new BsonString(
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private BsonValue evaluated(String expression) {
    app.function("main", "exports = () => " + expression + ";");
    return app.returned("main");
  }

  @Test
  void everyPartOfAUrlIsWhatItIsInNode() throws IOException {
    app.function(
        "main",
        """
        exports = (text) => {
          const wrong = [];
          for (const [input, base, expected] of JSON.parse(text)) {
            let url = null;
            try { url = base === null ? new URL(input) : new URL(input, base); } catch (e) { if (!(e instanceof TypeError)) throw e; }
            const parts = url === null ? null : Object.fromEntries(Object.keys(expected ?? { href: 1 }).map((key) => [key, url[key]]));
            if (JSON.stringify(parts) !== JSON.stringify(expected)) wrong.push(JSON.stringify([input, base, parts, expected]));
          }
          return wrong;
        };
        """);

    assertThat(app.returned("main", resource("urls.json")).asArray()).isEmpty();
  }

  @Test
  void everyChangeOfAPartGivesWhatItGivesInNode() throws IOException {
    app.function(
        "main",
        """
        exports = (text) => {
          const wrong = [];
          for (const [input, part, value, expected] of JSON.parse(text)) {
            const url = new URL(input);
            url[part] = value;
            if (url.href !== expected) wrong.push(JSON.stringify([input, part, value, url.href, expected]));
          }
          return wrong;
        };
        """);

    assertThat(app.returned("main", resource("url-changes.json")).asArray()).isEmpty();
  }

  /// Each is true.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "String(new URL('http://h/a')) === 'http://h/a' && JSON.stringify({ u: new URL('http://h') }) === '{\"u\":\"http://h/\"}'",
        "new URL(new URL('b', 'http://h/a')).href === 'http://h/b' && new URL('x', new URL('http://h/a')).href === 'http://h/x'",
        "URL.canParse('http://h') && !URL.canParse('h') && URL.canParse('h', 'http://x') && URL.parse('h') === null",
        "new URL('http://h') instanceof URL && typeof URL === 'function' && URL.name === 'URL'",
        "(() => { try { new URL('nope'); } catch (e) { return e instanceof TypeError && e.message === 'Invalid URL' && e.code === 'ERR_INVALID_URL'; } })()",
        "new URL('http://h?a=1&b=2&a=3').searchParams.getAll('a').join() === '1,3'",
        "(() => { const u = new URL('http://h?a=1'); u.searchParams.append('b', 'x y&'); u.searchParams.delete('a'); return u.href; })() === 'http://h/?b=x+y%26'",
        "(() => { const u = new URL('http://h?a=1'); const p = u.searchParams; u.search = '?c=3'; return p === u.searchParams && p.get('c') + p.has('a'); })() === '3false'",
        "(() => { const u = new URL('http://h?a=1'); u.searchParams.delete('a'); return u.href; })() === 'http://h/'",
        "(() => { const u = new URL('http://h'); u.href = 'https://x/y'; return u.host + u.pathname; })() === 'x/y'",
        "(() => { const u = new URL('http://h/a'); try { u.href = 'nope'; } catch { return u.href === 'http://h/a'; } })()",
        "new URLSearchParams('?a=1&a=2&b=%C3%A4+b&c').toString() === 'a=1&a=2&b=%C3%A4+b&c='",
        "new URLSearchParams({ a: 1, b: \"!'()~*-._ ä\" }).toString() === 'a=1&b=%21%27%28%29%7E*-._+%C3%A4'",
        "new URLSearchParams([['a', 'b'], ['c', 'd']]).get('c') === 'd' && new URLSearchParams(new Map([['x', 'y']])).get('x') === 'y'",
        "new URLSearchParams(new URLSearchParams('a=1')).get('a') === '1' && new URLSearchParams().toString() === ''",
        "new URLSearchParams('a=%zz&b=%C3&c=%2').get('a') === '%zz'",
        "new URLSearchParams('b=%C3').get('b') === '\\uFFFD' && new URLSearchParams('a=%zz%20').get('a') === '%zz '",
        "(() => { const p = new URLSearchParams('z=1&a=2&z=3'); p.sort(); p.set('z', '9'); return `${p} ${p.size}`; })() === 'a=2&z=9 2'",
        "(() => { const p = new URLSearchParams('a=1&a=2'); p.delete('a', '1'); return `${p}` + p.has('a', '2') + p.has('a', '1'); })() === 'a=2truefalse'",
        "[...new URLSearchParams('a=1&b=2')].join(';') === 'a,1;b,2' && [...new URLSearchParams('a=1').keys()].join() === 'a'",
        "Object.fromEntries(new URLSearchParams('a=1&b=2')).b === '2' && [...new URLSearchParams('a=1').values()].join() === '1'",
        "(() => { const seen = []; new URLSearchParams('a=1').forEach((v, k) => seen.push(k + v)); return seen.join(); })() === 'a1'",
        "new URLSearchParams('a=1').get('b') === null && new URLSearchParams('a').get('a') === ''",
        "(() => { try { new URLSearchParams([['a']]); } catch (e) { return e instanceof TypeError; } })()",
        "Object.prototype.toString.call(new URL('http://h')) === '[object URL]'",
      })
  void itDoesWhatItDoesInABrowser(String expression) {
    assertThat(evaluated(expression)).isEqualTo(BsonBoolean.TRUE);
  }

  /// Where Node 20 differs from the standard of today.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new URL('http://h/a^b').href | http://h/a%5Eb",
        "new URL('data:text/plain,a b ?q#f').href | data:text/plain,a b%20?q#f",
        "Object.assign(new URL('foo://bar/baz'), { pathname: '..' }).href | foo://bar/",
        "Object.assign(new URL('foo:/a/b'), { host: 'other:81' }).href | foo://other:81/a/b",
        "Object.assign(new URL('foo:/a/b'), { host: '' }).href | foo:///a/b",
      })
  void theStandardDecides(String expression, String expected) {
    assertThat(evaluated(expression)).isEqualTo(new BsonString(expected));
  }

  @Test
  void aVeryLongUrlIsRefused() {
    assertThat(evaluated("URL.canParse('http://h/' + 'x'.repeat(1 << 20))"))
        .isEqualTo(BsonBoolean.FALSE);
  }

  @Test
  void whatACallDoesToItIsGoneWithTheCall() {
    app.function(
        "spoil",
        "exports = () => { URL.prototype.leak = 1; URLSearchParams.leak = 1; URL = null; };");
    app.function(
        "look",
        "exports = () => [new URL('http://h').leak === undefined, URLSearchParams.leak === undefined];");
    app.returned("spoil");

    assertThat(app.returned("look")).isEqualTo(BsonArray.parse("[true, true]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "btoa('hello ÿ') | aGVsbG8g/w==",
        "btoa('') | ''",
        "btoa(5) | NQ==",
        "atob('aGVsbG8g/w==') | hello ÿ",
        "atob(' aGVs bG8 ') | hello",
        "atob('YQ') | a",
      })
  void base64GoesBothWays(String expression, String expected) {
    assertThat(evaluated(expression)).isEqualTo(new BsonString(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"btoa('漢')", "atob('YQ=')", "atob('Y')", "atob('a-b_')", "atob('====')"})
  void whatIsNotInBase64IsAnInvalidCharacter(String expression) {
    assertThat(
            evaluated(
                "(() => { try { return " + expression + "; } catch (e) { return e.name; } })()"))
        .isEqualTo(new BsonString("InvalidCharacterError"));
  }

  /// Each is true.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(() => { const a = { n: 1, list: [1, , { x: null }], d: new Date(5), u: undefined }; const b = structuredClone(a); return b !== a && b.list !== a.list && b.d.getTime() === 5 && 'u' in b && !(1 in b.list) && b.list.length === 3; })()",
        "(() => { const a = {}; a.a = a; const b = structuredClone(a); return b.a === b && b !== a; })()",
        "structuredClone(new Map([[{ k: 1 }, new Set([1])]])).values().next().value.has(1)",
        "structuredClone(/x/gi).flags === 'gi' && structuredClone(new Error('e')).message === 'e' && structuredClone(new TypeError('t')) instanceof TypeError",
        "structuredClone(new Uint8Array([1, 2]))[1] === 2 && structuredClone(new Uint8Array([1]).buffer).byteLength === 1",
        "structuredClone(BSON.ObjectId('507f1f77bcf86cd799439011')).toString() === '507f1f77bcf86cd799439011' && structuredClone(5n) === 5n",
        "['() => 1', 'Symbol()', '{ f() {} }'].every((v) => { try { structuredClone(eval('(' + v + ')')); } catch (e) { return e.name === 'DataCloneError'; } })",
        "(() => { let a = []; for (let i = 0; i < 5000; i++) a = [a]; try { structuredClone(a); } catch (e) { return e.name === 'DataCloneError'; } })()",
        "Buffer.from('YQ==', 'base64').toString() === 'a' && Buffer === require('buffer').Buffer",
        "new TextDecoder().decode(new TextEncoder().encode('grüße')) === 'grüße'",
      })
  void aValueIsClonedAndTextIsEncoded(String expression) {
    assertThat(evaluated(expression)).isEqualTo(BsonBoolean.TRUE);
  }
}
