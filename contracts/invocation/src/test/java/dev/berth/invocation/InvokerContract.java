package dev.berth.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMinKey;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [Invoker] must do, however the invocation gets to the one that runs it.
public interface InvokerContract {

  /// An invoker that ends up at the given one.
  Invoker reaching(Invoker worker);

  static Stream<Outcome> outcomes() {
    return Stream.of(
        new Outcome.Returned(everyKindOfValue()),
        new Outcome.Returned(new BsonUndefined()),
        new Outcome.Responded(null, List.of(), new Outcome.Body.None()),
        new Outcome.Responded(
            201,
            List.of(new Header("A", "1"), new Header("A", "2")),
            new Outcome.Body.Bytes(Buffer.buffer("text"), true)),
        new Outcome.Responded(
            200, List.of(), new Outcome.Body.Bytes(Buffer.buffer(new byte[] {0, -1}), false)),
        new Outcome.Responded(200, List.of(), new Outcome.Body.Result(everyKindOfValue())),
        new Outcome.Threw("FunctionExecutionError", "no luck"),
        new Outcome.OverLimit(Limit.TIME, "execution time limit exceeded"),
        new Outcome.NotFound("missing"),
        new Outcome.Unavailable("busy"));
  }

  static Stream<Invocation> invocations() {
    RequestFacts facts =
        new RequestFacts(
            "127.0.0.1", "POST", "/a b", "x=1&y", List.of(new Header("Accept", "*/*")));
    var query = List.of(new EndpointRequest.QueryParameter("x", "1"));
    return Stream.of(
        new Invocation.EndpointCall(
            envelope(Caller.system()),
            "utils/add",
            new EndpointRequest(facts, query, Buffer.buffer("{}")),
            true),
        new Invocation.EndpointCall(
            envelope(Caller.nobody()), "f", new EndpointRequest(facts, List.of(), null), false),
        new Invocation.FunctionCall(
            envelope(Caller.system()),
            "f",
            List.of(everyKindOfValue(), new BsonInt32(1)),
            RequestFacts.none()),
        call(user("628e47baf4c2ac2796fc8a91")),
        call(new Caller.SystemUser(user("628e47baf4c2ac2796fc8a91"))),
        call(
            new Caller.InPlaceOf(
                user("628e47baf4c2ac2796fc8a91"), user("639a521bbdec9b85ba94014b"))),
        new Invocation.DataCall(
            envelope(user("628e47baf4c2ac2796fc8a91")),
            "mongodb-atlas",
            DataOperation.INSERT_ONE,
            new BsonDocument("document", everyKindOfValue()),
            facts));
  }

  private static Invocation call(Caller caller) {
    return new Invocation.FunctionCall(envelope(caller), "f", List.of(), RequestFacts.none());
  }

  private static Caller.SignedIn user(String id) {
    return new Caller.SignedIn(
        id,
        "normal",
        new BsonDocument("email", new BsonString("ann@example.com")),
        new BsonDocument("since", new BsonDateTime(1_654_589_430_998L)),
        List.of(new Caller.Identity("1", "anon-user"), new Caller.Identity("2", "local-userpass")));
  }

  private static Invocation.Envelope envelope(Caller caller) {
    return new Invocation.Envelope(
        new AppId("app-abcde"),
        new Revision(7),
        new RequestId("0123456789abcdef01234567"),
        caller,
        Duration.ofMinutes(5));
  }

  static BsonValue everyKindOfValue() {
    return new BsonDocument("int", new BsonInt32(1))
        .append("long", new BsonInt64(Long.MAX_VALUE))
        .append("decimal", new BsonDecimal128(Decimal128.parse("9823.1297")))
        .append("date", new BsonDateTime(1_654_589_430_998L))
        .append("id", new BsonObjectId(new org.bson.types.ObjectId("639a521bbdec9b85ba94014b")))
        .append("binary", new BsonBinary((byte) 5, new byte[] {1, 2}))
        .append("pattern", new BsonRegularExpression("a", "i"))
        .append("min", new BsonMinKey())
        .append("list", new BsonArray(List.of(new BsonString("é"), new BsonUndefined())));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  default void everyOutcomeArrivesAsItWas(Outcome outcome) {
    Invoker invoker = reaching(_ -> Future.succeededFuture(outcome));

    Outcome arrived = await(invoker.invoke(invocations().findFirst().orElseThrow()));

    assertThat(arrived).isEqualTo(outcome);
  }

  @Test
  default void aResultOfMegabytesArrivesAsItWas() {
    Outcome large = new Outcome.Returned(new BsonString("é".repeat(1 << 20)));
    Invoker invoker = reaching(_ -> Future.succeededFuture(large));

    Outcome arrived = await(invoker.invoke(invocations().findFirst().orElseThrow()));

    assertThat(arrived).isEqualTo(large);
  }

  @ParameterizedTest
  @MethodSource("invocations")
  default void everyInvocationArrivesAsItWas(Invocation invocation) {
    Promise<Invocation> seen = Promise.promise();
    Invoker invoker =
        reaching(
            arrived -> {
              seen.complete(arrived);
              return Future.succeededFuture(new Outcome.NotFound("f"));
            });

    await(invoker.invoke(invocation));

    assertThat(await(seen.future())).isEqualTo(invocation);
  }

  @Test
  default void anInvocationRunsOnce() {
    AtomicInteger runs = new AtomicInteger();
    Invoker invoker =
        reaching(
            _ -> {
              runs.incrementAndGet();
              return Future.succeededFuture(new Outcome.Unavailable("busy"));
            });

    await(invoker.invoke(invocations().findFirst().orElseThrow()));

    assertThat(runs).hasValue(1);
  }

  @Test
  default void aBrokenPlatformIsAFailedFuture() {
    Invoker invoker = reaching(_ -> Future.failedFuture(new IllegalStateException("broken")));

    Future<Outcome> outcome = invoker.invoke(invocations().findFirst().orElseThrow());

    assertThat(outcome.toCompletionStage().toCompletableFuture())
        .failsWithin(java.time.Duration.ofSeconds(10));
  }
}
