package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `fetch`, down to what is asked of the HTTP service.
class FetchTest {

  private static final BsonDocument ANSWER =
      BsonDocument.parse(
          """
          {status: '201 Created', statusCode: 201, contentLength: {$numberLong: '7'},
           headers: {'Content-Type': ['application/json'], 'Set-Cookie': ['a=1', 'b=2']}, cookies: {}, text: '{"a":1}'}
          """);

  private final RunningApp app = new RunningApp();
  private final List<BsonDocument> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void answerRequests() {
    app.services.put(
        "http",
        (scope, operation, arguments) -> {
          requests.add(arguments);
          return CompletableFuture.completedFuture(ANSWER);
        });
  }

  @AfterEach
  void close() {
    app.close();
  }

  private BsonValue evaluated(String code) {
    app.function("main", "exports = async () => {" + code + "};");
    return app.returned("main");
  }

  @Test
  void aGetIsARequestThatFollowsRedirects() {
    evaluated("await fetch('http://h/a b');");

    assertThat(requests)
        .containsExactly(
            BsonDocument.parse(
                "{method: 'get', url: 'http://h/a%20b', headers: {}, followRedirects: true}"));
  }

  @Test
  void methodHeadersAndBodyAreSent() {
    evaluated(
        """
        await fetch(new URL('http://h'), { method: 'POST', headers: { 'X-A': 1 }, body: JSON.stringify({ a: 1 }), redirect: 'manual' });
        await fetch('http://h', { method: 'put', headers: new Headers([['A', '1'], ['a', '2']]), body: new URLSearchParams({ a: 'b c' }) });
        """);

    assertThat(requests)
        .containsExactly(
            BsonDocument.parse(
                """
                {method: 'post', url: 'http://h/', headers: {'x-a': ['1'], 'content-type': ['text/plain;charset=UTF-8']},
                 body: '{"a":1}', followRedirects: false}
                """),
            BsonDocument.parse(
                """
                {method: 'put', url: 'http://h/', followRedirects: true, body: 'a=b+c',
                 headers: {a: ['1', '2'], 'content-type': ['application/x-www-form-urlencoded;charset=UTF-8']}}
                """));
  }

  @Test
  void theResponseIsReadAsTextJsonOrBytes() {
    BsonValue result =
        evaluated(
            """
            const one = await fetch('http://h');
            const other = one.clone();
            const again = one.clone();
            const { a } = await one.json();
            let twice;
            try { await one.text(); } catch (e) { twice = e.name; }
            return { a, twice, text: await other.text(), bytes: (await again.arrayBuffer()).byteLength, ok: one.ok, status: one.status,
              statusText: one.statusText, type: one.headers.get('content-TYPE'), cookies: one.headers.getSetCookie().join(), url: one.url };
            """);

    assertThat(result)
        .isEqualTo(
            BsonDocument.parse(
                """
                {a: 1, twice: 'TypeError', text: '{"a":1}', bytes: 7, ok: true, status: 201, statusText: 'Created',
                 type: 'application/json', cookies: 'a=1,b=2', url: 'http://h/'}
                """));
  }

  @Test
  void aFailureRejectsWithItsReason() {
    app.services.put(
        "http",
        (scope, operation, arguments) ->
            CompletableFuture.failedFuture(
                new GuestServiceException("HTTPError", "no such host", null)));

    assertThat(
            evaluated(
                "try { await fetch('http://h'); } catch (e) { return e.name + ': ' + e.message + ' / ' + e.cause.message; }"))
        .isEqualTo(new BsonString("TypeError: fetch failed: no such host / no such host"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fetch()",
        "fetch('relative')",
        "fetch('http://h', { method: 'TRACE' })",
        "fetch('http://h', { body: 'x' })",
        "fetch('http://h', { headers: { 'a b': 'c' } })",
        "fetch('http://h', { headers: { a: 'b\\nc' } })",
        "fetch('http://h', { headers: 'a' })",
        "fetch(Symbol('x'))",
        "fetch({ toString() { throw new TypeError('x'); } })",
        "fetch('http://h', { method: 'POST', body: Symbol('x') })",
        "fetch('http://h', { get method() { throw new TypeError('x'); } })",
        "fetch('http://h', null)",
      })
  void aMistakeRejectsAndNothingIsSent(String call) {
    assertThat(
            evaluated("try { await " + call + "; } catch (e) { return e instanceof TypeError; }"))
        .isEqualTo(BsonBoolean.TRUE);
    assertThat(requests).isEmpty();
  }

  /// Each is true.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "await new Response('x').text() === 'x' && new Response().status === 200 && new Response(null, { status: 404 }).ok === false",
        "(await Response.json({ a: 1 }).json()).a === 1 && Response.json(1).headers.get('Content-Type') === 'application/json'",
        "[...new Headers({ B: '1', a: ' 2 ' })].join(';') === 'a,2;b,1' && !new Headers().has('x')",
        "(() => { const h = new Headers({ a: '1' }); h.append('A', '2'); h.delete('b'); return h.get('a'); })() === '1, 2'",
      })
  void headersAndResponsesCanBeMade(String expression) {
    assertThat(evaluated("return " + expression + ";")).isEqualTo(BsonBoolean.TRUE);
  }
}
