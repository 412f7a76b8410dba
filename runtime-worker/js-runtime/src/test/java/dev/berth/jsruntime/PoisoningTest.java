package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.frames.FrameLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.BsonValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The attack that would break classes of the JVM for everybody, until it is restarted: to use up
/// the stack and call built-ins there that have never run before.
///
/// What is broken shows in a fresh engine and context without any attack, so that is where the
/// probes run. Where JavaScript is compiled, the attack goes on until it runs as machine code.
@Tag("own-jvm")
class PoisoningTest {

  /// The first of everything takes its time on a busy machine, most of all compiled.
  private static final Duration PATIENCE = Duration.ofSeconds(55);

  /// What every JavaScript engine has is in `probes.txt`, a line for each; this comes from Berth.
  private static final List<String> OWN_PROBES =
      List.of(
          "new TextDecoder().decode(new TextEncoder().encode('\\u00fc'))",
          "EJSON.stringify({ d: new Date(0), n: 1 })",
          "EJSON.parse('{\"$numberLong\":\"5\"}') + ''",
          "new BSON.ObjectId('507f1f77bcf86cd799439011').toString()");

  private static final List<String> PROBES =
      Stream.concat(builtIns(), OWN_PROBES.stream()).toList();

  /// Each alone, so that a broken one names itself.
  private static final String PROBE =
      "exports = () => ["
          + String.join(",\n", PROBES.stream().map(probe -> "() => String(" + probe + ")").toList())
          + "].map(f => { try { return f(); } catch (e) { return 'broken: ' + e; } });";

  /// What a stack that ends would break is called at its end, in the order of the list.
  private static final List<String> ATTACKS =
      List.of(
          """
          JSON.stringify({ a: [1] }); [3, 1].sort(); new Map([[1, 2]]); [1].map(x => x).join();
          new Proxy({}, {}).x; Reflect.ownKeys({}); new WeakMap(); Symbol('s').toString();
          """,
          """
          new Intl.NumberFormat('de').format(1); new Date().toLocaleString('de'); (1.5).toFixed(1);
          BigInt('5') ** 3n; (2n ** 70n).toString(36); parseFloat('1e3'); new Uint8Array(8).map(x => x);
          """,
          """
          /(a)|b/.exec('a'); 'a-b'.split('-'); 'a'.normalize('NFD'); encodeURIComponent('x');
          eval('1'); new Function('return 1')();
          """,
          """
          console.log({ a: new Date() }); setTimeout(attack, 0); context.values.get('x');
          EJSON.stringify({ d: new Date() }); new BSON.ObjectId();
          """);

  /// Nothing may have run before in this JVM, neither the probes nor another test: what is
  /// initialised in peace can no longer be broken.
  @Test
  @Timeout(300)
  void builtInsAtTheEndOfTheStackBreakNothing() {
    for (String handler : ATTACKS) {
      attack(
          "const attack = () => { try { attack(); } catch (e) { %1$s } finally { %1$s } };"
              .formatted(handler));
    }

    BsonValue answers = probe();

    assertThat(answers.asArray())
        .hasSize(PROBES.size())
        .extracting(answer -> answer.asString().getValue())
        .noneMatch(answer -> answer.startsWith("broken"));
  }

  private static Stream<String> builtIns() {
    try (InputStream in = PoisoningTest.class.getResourceAsStream("probes.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void attack(String source) {
    Outcome ended = new Outcome.OverLimit(Limit.STACK_FRAMES, FrameLimit.EXCEEDED);
    try (MachineCode compiled = new MachineCode();
        RunningApp app = new RunningApp()) {
      app.timeLimit = PATIENCE;
      app.function("main", source + " exports = attack;");
      do {
        assertThat(app.call("main")).isEqualTo(ended);
      } while (!RunningApp.engine().isInterpreted() && !compiled.of("attack"));
      assertThat(app.call("main")).isEqualTo(ended);
    }
  }

  /// In an engine and a context that have nothing to do with the attack but the JVM.
  private static BsonValue probe() {
    try (JsEngine engine = JsEngine.start();
        RunningApp app = new RunningApp(engine)) {
      app.timeLimit = PATIENCE;
      return app.function("probe", PROBE).returned("probe");
    }
  }
}
