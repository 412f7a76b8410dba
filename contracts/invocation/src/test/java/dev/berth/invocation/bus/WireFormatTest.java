package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.InvokerContract;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes between processes. The golden files are what version 3 of the wire format sends: a
/// change that breaks them needs a new version, or a rolling upgrade loses calls.
class WireFormatTest {

  @ParameterizedTest
  @MethodSource("dev.berth.invocation.InvokerContract#invocations")
  void anInvocationSurvivesTheWire(Invocation invocation) {
    Buffer wire = Buffer.buffer("before");
    new InvocationCodec().encodeToWire(wire, invocation);

    assertThat(new InvocationCodec().decodeFromWire("before".length(), wire)).isEqualTo(invocation);
  }

  @Test
  void theStepOfATraceSurvivesTheWire() {
    Invocation call = InvokerContract.invocations().findFirst().orElseThrow();
    var step = new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false);
    Invocation traced = call.in(call.envelope().as(step));
    Buffer wire = Buffer.buffer();
    new InvocationCodec().encodeToWire(wire, traced);

    assertThat(new InvocationCodec().decodeFromWire(0, wire)).isEqualTo(traced);
  }

  @ParameterizedTest
  @MethodSource("dev.berth.invocation.InvokerContract#outcomes")
  void anOutcomeSurvivesTheWire(Outcome outcome) {
    Buffer wire = Buffer.buffer();
    new OutcomeCodec().encodeToWire(wire, outcome);

    SentOutcome sent = new OutcomeCodec().decodeFromWire(0, wire);
    Vertx vertx = Vertx.vertx();
    assertThat(sent.read(vertx).await()).isEqualTo(outcome);
    vertx.close().await();
  }

  @Test
  void aLargeOutcomeIsNotReadOnTheThreadItArrivesAt() {
    Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));
    Outcome large = new Outcome.Returned(new BsonString("x".repeat(1 << 20)));
    Buffer wire = Buffer.buffer();
    new OutcomeCodec().encodeToWire(wire, large);
    CountDownLatch workerThread = new CountDownLatch(1);
    Future<?> busy = vertx.executeBlocking(() -> workerThread.await(1, TimeUnit.MINUTES), false);

    Future<Outcome> read = new OutcomeCodec().decodeFromWire(0, wire).read(vertx);

    assertThat(read.isComplete()).isFalse();
    workerThread.countDown();
    assertThat(read.await()).isEqualTo(large);
    busy.await();
    vertx.close().await();
  }

  @Test
  void theBytesAreThoseOfTheGoldenFiles() throws IOException {
    List<String> lines =
        java.util.stream.Stream.concat(
                InvokerContract.invocations().map(InvocationForm::write),
                InvokerContract.outcomes().map(OutcomeForm::write))
            .map(form -> HexFormat.of().formatHex(WireFormat.toBytes(form)))
            .collect(Collectors.toList());

    assertThat(String.join("\n", lines) + "\n").isEqualTo(golden());
  }

  private static String golden() throws IOException {
    try (InputStream in = WireFormatTest.class.getResourceAsStream("wire-v3.hex")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void theRegionWhereNobodyIsSurvivesTheWire() {
    Outcome nobody = Outcome.Unavailable.in("aws-eu-west-1");

    assertThat(OutcomeForm.read(OutcomeForm.write(nobody))).isEqualTo(nobody);
  }

  @Test
  void aLostInvocationStaysLost() {
    Outcome lost = new Outcome.Lost("worker 7 is gone");

    assertThat(OutcomeForm.read(OutcomeForm.write(lost))).isEqualTo(lost);
  }
}
