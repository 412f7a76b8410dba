package dev.berth.launcher.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.GuestLog;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a worker says is what its supervisor hears.
class WorkerLineTest {

  private static final AppId APP = new AppId("shop-abcde");

  static Stream<WorkerLine> lines() {
    return Stream.of(
        new WorkerLine.Ready(true, 9091),
        new WorkerLine.Serving(),
        new WorkerLine.WornOut(),
        new WorkerLine.ShortOfMemory(APP),
        new WorkerLine.ShortOfMemory(null),
        new WorkerLine.Sick(new Ailment.StuckCall(APP)),
        new WorkerLine.Sick(new Ailment.FullHeap()),
        new WorkerLine.Sick(new Ailment.EngineFailure(APP)),
        new WorkerLine.Sick(new Ailment.EngineFailure(null)),
        new WorkerLine.Sick(new Ailment.BrokenBuiltIn(APP, "json")),
        new WorkerLine.Sick(new Ailment.BrokenBuiltIn(null, "json")),
        new WorkerLine.Printed(
            new GuestLog.Line(
                APP,
                "hello",
                RequestId.next(),
                "4bf92f3577b34da6a3ce929d0e0e4736",
                GuestLog.Level.WARN,
                "two\nlines \"quoted\"")),
        new WorkerLine.Printed(
            new GuestLog.Line(APP, "hello", RequestId.next(), null, GuestLog.Level.INFO, "x")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void everyLineIsReadAsItWasSaid(WorkerLine line) {
    String text = line.text();

    assertThat(text).doesNotContain("\n");
    assertThat(WorkerLine.read(text)).isEqualTo(line);
  }

  /// The JVM itself may print to the same stream.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OpenJDK 64-Bit Server VM warning: something",
        "{}",
        "[]",
        "{\"is\":\"new\"}",
        "{\"is\":\"sick\"}",
        "{\"is\":\"sick\",\"of\":\"boredom\"}",
        "{\"is\":\"sick\",\"of\":\"stuckCall\",\"appId\":\"no id\"}",
        "{\"is\":\"ready\",\"interpreted\":\"perhaps\"}",
      })
  void whatIsNoLineIsNothing(String text) {
    assertThat(WorkerLine.read(text)).isNull();
  }
}
