package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.InvokerContract;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes between processes. The golden files are what this version of the wire format and the
/// one before send: a change that breaks them needs a new version, or a rolling upgrade loses
/// calls.
class WireFormatTest {

  private static final List<Integer> VERSIONS = List.of(WireFormat.PREVIOUS, WireFormat.VERSION);

  private static final Invocation TRACED = traced();
  private static final Invocation TRIED =
      new Invocation.SourceCall(
          TRACED.envelope(), "exports = () => 1", "exports()", RequestFacts.none());
  private static final Outcome NOBODY = Outcome.Unavailable.in("aws-eu-west-1");

  private static Invocation traced() {
    Invocation call = InvokerContract.invocations().findFirst().orElseThrow();
    var step = new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false);
    return call.in(call.envelope().as(step));
  }

  @ParameterizedTest
  @MethodSource("dev.berth.invocation.InvokerContract#invocations")
  void anInvocationSurvivesTheWire(Invocation invocation) {
    Buffer wire = Buffer.buffer("before");
    new InvocationCodec().encodeToWire(wire, Posted.of(invocation, WireFormat.VERSION));

    assertThat(new InvocationCodec().decodeFromWire("before".length(), wire)).isEqualTo(invocation);
  }

  @Test
  void theStepOfATraceSurvivesTheWire() {
    Buffer wire = Buffer.buffer();
    new InvocationCodec().encodeToWire(wire, Posted.of(TRACED, WireFormat.VERSION));

    assertThat(new InvocationCodec().decodeFromWire(0, wire)).isEqualTo(TRACED);
  }

  @ParameterizedTest
  @MethodSource("dev.berth.invocation.InvokerContract#outcomes")
  void anOutcomeSurvivesTheWire(Outcome outcome) {
    Buffer wire = Buffer.buffer();
    new OutcomeCodec().encodeToWire(wire, Answered.small(outcome, WireFormat.VERSION));

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
    new OutcomeCodec().encodeToWire(wire, Answered.written(large, WireFormat.VERSION));
    CountDownLatch workerThread = new CountDownLatch(1);
    Future<?> busy = vertx.executeBlocking(() -> workerThread.await(1, TimeUnit.MINUTES), false);

    Future<Outcome> read = new OutcomeCodec().decodeFromWire(0, wire).read(vertx);

    assertThat(read.isComplete()).isFalse();
    workerThread.countDown();
    assertThat(read.await()).isEqualTo(large);
    busy.await();
    vertx.close().await();
  }

  @ParameterizedTest
  @MethodSource("dev.berth.invocation.InvokerContract#outcomes")
  void anOutcomeThatIsWrittenBeforeGoesOutAsOneThatIsNot(Outcome outcome) {
    Buffer before = Buffer.buffer();
    Buffer then = Buffer.buffer();
    new OutcomeCodec().encodeToWire(before, Answered.written(outcome, WireFormat.VERSION));
    new OutcomeCodec().encodeToWire(then, Answered.small(outcome, WireFormat.VERSION));

    assertThat(before).isEqualTo(then);
  }

  @Test
  void theBytesAreThoseOfTheGoldenFiles() throws IOException {
    for (int version : VERSIONS) {
      assertThat(written(version)).as("version " + version).isEqualTo(golden(version));
    }
  }

  /// What processes of the version before have written, which nobody asks to write anything else.
  @Test
  void bothVersionsAreRead() throws IOException {
    for (int version : VERSIONS) {
      List<BsonDocument> forms =
          golden(version)
              .lines()
              .map(line -> WireFormat.fromBytes(HexFormat.of().parseHex(line)))
              .toList();

      assertThat(forms.stream().filter(form -> form.containsKey("app")).map(InvocationForm::read))
          .containsExactlyElementsOf(invocations(version));
      assertThat(forms.stream().filter(form -> form.containsKey("kind")).map(OutcomeForm::read))
          .containsExactlyElementsOf(outcomes(version));
    }
  }

  @Test
  void aReaderOfTheVersionBeforeIsToldOnlyWhatItKnows() {
    assertThat(InvocationForm.write(TRACED, WireFormat.PREVIOUS)).doesNotContainKey("step");
    assertThat(InvocationForm.write(TRACED, WireFormat.VERSION)).containsKey("step");
    assertThat(OutcomeForm.write(NOBODY, WireFormat.PREVIOUS)).containsOnlyKeys("kind", "reason");
    assertThat(OutcomeForm.write(NOBODY, WireFormat.VERSION)).containsKey("region");
  }

  @Test
  void aFunctionThatIsNotDeployedSurvivesTheWireAndIsKeptFromTheVersionBefore() {
    Buffer wire = Buffer.buffer();
    new InvocationCodec().encodeToWire(wire, Posted.of(TRIED, WireFormat.VERSION));

    assertThat(new InvocationCodec().decodeFromWire(0, wire)).isEqualTo(TRIED);
    assertThat(InvocationForm.isKnown(TRIED, WireFormat.PREVIOUS)).isFalse();
    assertThat(InvocationForm.isKnown(TRACED, WireFormat.PREVIOUS)).isTrue();
  }

  @Test
  void versionsThatFollowEachOtherAreUnderstood() {
    assertThat(IntStream.range(0, 10).filter(InvocationBus::understands))
        .containsExactly(WireFormat.VERSION - 1, WireFormat.VERSION, WireFormat.VERSION + 1);
  }

  private static String written(int version) {
    return Stream.concat(
                invocations(version).stream().map(each -> InvocationForm.write(each, version)),
                outcomes(version).stream().map(each -> OutcomeForm.write(each, version)))
            .map(form -> HexFormat.of().formatHex(WireFormat.toBytes(form)))
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static List<Invocation> invocations(int version) {
    Stream<Invocation> more = version >= 4 ? Stream.of(TRACED, TRIED) : Stream.of();
    return Stream.concat(InvokerContract.invocations(), more).toList();
  }

  private static List<Outcome> outcomes(int version) {
    Stream<Outcome> more = version >= 4 ? Stream.of(NOBODY) : Stream.of();
    return Stream.concat(InvokerContract.outcomes(), more).toList();
  }

  private static String golden(int version) throws IOException {
    String name = "wire-v" + version + ".hex";
    try (InputStream in = WireFormatTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void theRegionWhereNobodyIsSurvivesTheWire() {
    assertThat(OutcomeForm.read(OutcomeForm.write(NOBODY, WireFormat.VERSION))).isEqualTo(NOBODY);
  }

  @Test
  void aLostInvocationStaysLost() {
    Outcome lost = new Outcome.Lost("worker 7 is gone");

    assertThat(OutcomeForm.read(OutcomeForm.write(lost, WireFormat.VERSION))).isEqualTo(lost);
  }
}
