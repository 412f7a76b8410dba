package dev.berth.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.invocation.bus.Placing;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.cluster.Cluster;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Workers of two regions and a gateway that are members of a real cluster.
@Timeout(120)
class RegionsOverTheBusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EU = "aws-eu-west-1";
  private static final String US = "aws-us-east-1";
  private static final Map<AppId, String> HOMES =
      Map.of(new AppId("in-eu"), EU, new AppId("in-us"), US);

  private final List<Cluster> members = new ArrayList<>();

  @AfterEach
  void close() {
    members.reversed().forEach(member -> Blocking.await(member.vertx().close(), PATIENCE));
  }

  private Cluster member(Future<Cluster> joining) {
    Cluster member = Blocking.await(joining, PATIENCE);
    members.add(member);
    return member;
  }

  private InvocationBus.Serving worker(Cluster gateway, String name, String region) {
    Cluster member = member(Cluster.join(gateway.ofChildren(), name));
    return Blocking.await(
        InvocationBus.on(member.vertx())
            .serve(
                name,
                region,
                _ -> Future.succeededFuture(new Outcome.Returned(new BsonString(name)))),
        PATIENCE);
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void appsRunInTheirRegionsAndNowhereWhenNobodyIsThere() {
    Cluster gateway = member(Cluster.begin());
    InvocationBus bus = InvocationBus.on(gateway.vertx(), new Placing(2, US, HOMES::get));
    bus.hearOfWorkers();
    InvocationBus.Serving eu = worker(gateway, "eu-1", EU);
    worker(gateway, "us-1", US);
    until(() -> bus.knows("eu-1") && bus.knows("us-1"));

    assertThat(call(bus, "in-eu")).isEqualTo(returned("eu-1"));
    assertThat(call(bus, "in-us")).isEqualTo(returned("us-1"));
    assertThat(call(bus, "global")).isEqualTo(returned("us-1"));

    Blocking.await(eu.leave(), PATIENCE);
    until(() -> !bus.knows("eu-1"));

    assertThat(call(bus, "in-eu")).isEqualTo(Outcome.Unavailable.in(EU));
    assertThat(call(bus, "in-us")).isEqualTo(returned("us-1"));
  }

  private static Outcome returned(String worker) {
    return new Outcome.Returned(new BsonString(worker));
  }

  private static Outcome call(InvocationBus bus, String app) {
    Invocation.Envelope envelope =
        new Invocation.Envelope(
            new AppId(app),
            new Revision(1),
            RequestId.next(),
            Caller.system(),
            Duration.ofSeconds(10));
    return Blocking.await(
        bus.invoker()
            .invoke(new Invocation.FunctionCall(envelope, "f", List.of(), RequestFacts.none())),
        PATIENCE);
  }
}
