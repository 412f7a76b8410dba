package dev.berth.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Header;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.TraceContext;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.launcher.appcode.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A process of today in a cluster with one of another version, whose messages are written by
/// hand here. Both are members of a real cluster, so all that they say travels as bytes.
@Timeout(120)
class OtherVersionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BEFORE = InvocationBus.wireVersion() - 1;

  /// What version 3 posts for a function of one argument.
  private static final String INVOCATION =
      """
      {app: 'shop-abcde', revision: {$numberLong: '7'}, request: '0123456789abcdef01234567',
       caller: 'system', limitMs: {$numberLong: '10000'}, function: 'order',
       facts: {ip: '', method: '', route: '', rawQuery: '', headers: ['A', 'b']},
       arguments: [1]}
      """;

  private static final Invocation SAME =
      new Invocation.FunctionCall(
          new Invocation.Envelope(
              new AppId("shop-abcde"),
              new Revision(7),
              new RequestId("0123456789abcdef01234567"),
              Caller.system(),
              Duration.ofSeconds(10)),
          "order",
          List.of(new BsonInt32(1)),
          new RequestFacts("", "", "", "", List.of(new Header("A", "b"))));

  private final List<Cluster> members = new ArrayList<>();
  private Cluster today = member(Cluster.begin());
  private InvocationBus bus = InvocationBus.on(today.vertx());
  private Vertx before = member(Cluster.join(today.ofChildren(), null, BEFORE)).vertx();

  @BeforeEach
  void speakAsBefore() {
    before.eventBus().registerCodec(new RawDocumentCodec("berth-invocation"));
    before.eventBus().registerCodec(new RawDocumentCodec("berth-outcome"));
    bus.hearOfWorkers();
  }

  @AfterEach
  void close() {
    members.reversed().forEach(member -> Blocking.await(member.vertx().close(), PATIENCE));
  }

  private Cluster member(Future<Cluster> joining) {
    Cluster member = Blocking.await(joining, PATIENCE);
    members.add(member);
    return member;
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// It is sent nothing that it does not know, and its answer is understood.
  @Test
  void aWorkerOfTheVersionBeforeIsCalledInItsWords() throws InterruptedException {
    var received = new LinkedBlockingQueue<BsonDocument>();
    var registered =
        before
            .eventBus()
            .<BsonDocument>consumer(
                "berth.invocation.v3.old",
                message -> {
                  received.add(message.body());
                  message.reply(
                      BsonDocument.parse("{kind: 'returned', value: 42}"),
                      new DeliveryOptions().setCodecName("berth-outcome").addHeader("load", "1"));
                });
    Blocking.await(registered.completion(), PATIENCE);
    before
        .eventBus()
        .publish("berth.workers.v3", new JsonObject().put("worker", "old").put("serves", true));
    until(() -> bus.knows("old"));
    var step = new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    Outcome outcome =
        Blocking.await(bus.invoker().invoke(SAME.in(SAME.envelope().as(step))), PATIENCE);

    assertThat(outcome).isEqualTo(new Outcome.Returned(new BsonInt32(42)));
    assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(BsonDocument.parse(INVOCATION));
  }

  /// It says nothing of a version, and is answered without what it does not know.
  @Test
  void aCallerOfTheVersionBeforeIsUnderstoodAndAnsweredInItsWords() throws InterruptedException {
    var received = new LinkedBlockingQueue<Invocation>();
    Blocking.await(
        bus.serve(
            "new",
            invocation -> {
              received.add(invocation);
              return Future.succeededFuture(Outcome.Unavailable.in("aws-eu-west-1"));
            }),
        PATIENCE);

    var answer =
        Blocking.await(
            before
                .eventBus()
                .<BsonDocument>request(
                    "berth.invocation.v3.new",
                    BsonDocument.parse(INVOCATION),
                    new DeliveryOptions().setCodecName("berth-invocation")),
            PATIENCE);

    assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(SAME);
    assertThat(answer.body())
        .isEqualTo(
            BsonDocument.parse(
                "{kind: 'unavailable', reason: 'no worker is there in the region aws-eu-west-1'}"));
    assertThat(answer.headers().get("load")).isNotNull();
  }

  @Test
  void aWorkerOfALaterVersionIsTalkedToAsLongAsItUnderstandsThisOne() {
    JsonObject next = new JsonObject().put("worker", "next").put("serves", true);
    JsonObject afterNext = new JsonObject().put("worker", "after-next").put("serves", true);

    before
        .eventBus()
        .publish("berth.workers.v3", afterNext.put("wire", InvocationBus.wireVersion() + 2))
        .publish("berth.workers.v3", next.put("wire", InvocationBus.wireVersion() + 1));
    until(() -> bus.knows("next"));

    assertThat(bus.knows("after-next")).isFalse();
  }

  @Test
  void whoIsMoreThanOneVersionAwayIsNamed() {
    assertThat(today.notUnderstood()).isEmpty();

    Cluster later = member(Cluster.join(today.ofChildren(), null, InvocationBus.wireVersion() + 2));

    assertThat(today.notUnderstood())
        .isEqualTo(Map.of(later.contact(), InvocationBus.wireVersion() + 2));
  }
}
