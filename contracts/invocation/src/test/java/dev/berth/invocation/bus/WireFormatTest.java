package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.InvokerContract;
import dev.berth.invocation.Outcome;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes between processes. The golden files are what version 2 of the wire format sends: a
/// change that breaks them needs a new version, or a rolling upgrade loses calls.
class WireFormatTest {

  @ParameterizedTest
  @MethodSource("dev.berth.invocation.InvokerContract#invocations")
  void anInvocationSurvivesTheWire(Invocation invocation) {
    Buffer wire = Buffer.buffer("before");
    RecordCodec.ofInvocations().encodeToWire(wire, invocation);

    assertThat(RecordCodec.ofInvocations().decodeFromWire("before".length(), wire))
        .isEqualTo(invocation);
  }

  @ParameterizedTest
  @MethodSource("dev.berth.invocation.InvokerContract#outcomes")
  void anOutcomeSurvivesTheWire(Outcome outcome) {
    Buffer wire = Buffer.buffer();
    RecordCodec.ofOutcomes().encodeToWire(wire, outcome);

    assertThat(RecordCodec.ofOutcomes().decodeFromWire(0, wire)).isEqualTo(outcome);
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
    try (InputStream in = WireFormatTest.class.getResourceAsStream("wire-v2.hex")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aLostInvocationStaysLost() {
    Outcome lost = new Outcome.Lost("worker 7 is gone");

    assertThat(OutcomeForm.read(OutcomeForm.write(lost))).isEqualTo(lost);
  }
}
