package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.time.Duration;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// CPU time and memory: what app code cannot catch, and what the next call does not feel.
class LimitsTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => { while (true) {} };",
        "exports = () => { for (;;) { try { for (;;) {} } catch (e) { } finally { continue; } } };",
        "exports = async () => { for (;;) { await null; } };",
        "exports = async () => { for (;;) { await new Promise(r => setTimeout(r, 0)); for (let i = 0; i < 1e5; i++); } };",
        "function* g() { for (;;) yield 1; } exports = () => { for (const x of g()); };",
        "exports = () => { for (;;) [3, 1, 2].sort(() => Math.random() - 0.5); };",
        "exports = () => { for (;;) JSON.parse('[1,2,3]'); };",
        "exports = () => { for (;;) /(a+)+$/.test('a'.repeat(50) + 'b'); };",
        "exports = () => { for (;;) new Function('return 1')(); };",
        "exports = () => { for (;;) new Date().toLocaleString('de'); };",
      })
  void cpuTimeEndsWhatNeverStopsThinking(String source) {
    app.limits = app.limits.withCpuTime(Duration.ofMillis(300)).withAllocatedBytes(Long.MAX_VALUE);
    app.function("hog", source).function("fine", "exports = () => 1;");

    assertThat(app.call("hog"))
        .isEqualTo(new Outcome.OverLimit(Limit.CPU_TIME, "CPU time limit exceeded"));
    assertThat(app.returned("fine")).isEqualTo(new BsonInt32(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exports = () => { const a = []; for (;;) a.push({}); };",
        "exports = () => { const a = []; for (;;) { try { for (;;) a.push([1, 2, 3]); } catch (e) { } } };",
        "exports = () => { const m = new Map(); for (let i = 0; ; i++) m.set(i, 'x' + i); };",
        "exports = () => { const s = new Set(); for (let i = 0; ; i++) s.add('x' + i); };",
        "exports = () => { let s = ''; for (;;) s += ('x' + s.length).repeat(10).toUpperCase(); };",
        "exports = () => { const a = []; for (;;) a.push(new Uint8Array(1e6)); };",
        "exports = () => { const a = []; for (;;) a.push('x'.repeat(1e6).toUpperCase()); };",
        "exports = async () => { const a = []; for (;;) { a.push(await [1, 2, 3].map(String)); } };",
        "exports = () => { const o = {}; for (let i = 0; ; i++) o['k' + i] = i; };",
        "exports = () => JSON.parse('[' + '{},'.repeat(1e7) + '{}]');",
        "exports = () => 'x'.repeat(2 ** 24).split('');",
        "exports = () => Array.from({ length: 2 ** 31 });",
      })
  void memoryEndsWhatNeverStopsCollecting(String source) {
    app.limits = app.limits.withAllocatedBytes(200L * 1024 * 1024);
    app.function("bomb", source).function("fine", "exports = () => 1;");

    assertThat(app.call("bomb"))
        .isEqualTo(new Outcome.OverLimit(Limit.MEMORY, "memory limit exceeded"));
    assertThat(app.returned("fine")).isEqualTo(new BsonInt32(1));
  }

  @Test
  void waitingUsesNoCpuTime() {
    app.function("wait", "exports = () => new Promise(r => setTimeout(() => r(1), 500));");
    app.returned("wait"); // makes the context, which takes CPU time
    app.limits = app.limits.withCpuTime(Duration.ofMillis(250));

    assertThat(app.returned("wait")).isEqualTo(new BsonInt32(1));
  }
}
