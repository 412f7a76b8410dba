import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.Value;

/// A GraalJS alone, of any version, with the limits that it has itself: a program of one file,
/// `java -cp (a GraalJS) EngineUnderTest.java MODE ... [OPTION=VALUE ...]`. The options are those
/// of a context. Lines that begin with `> ` say what happened.
///
/// | mode | what it does |
/// |---|---|
/// | `limits` | says whether this GraalJS takes the options |
/// | `attacks FILE FROM` | runs the functions of `attacks.js` from one on; ends when one cannot be
// ended |
/// | `recursion FILE` | uses up the stack, then tries the built-ins of `probes.txt` in a new engine
// |
/// | `speed SECONDS` | three programs by turns |
///
/// The threads that run JavaScript have a stack of `-Dstack` bytes, 8 MB otherwise.
final class EngineUnderTest {

  /// How long an attack may take, and how long its end, in ms.
  private static final long PATIENCE_MS = 2500;

  /// Told apart from an attack that ends by itself, by who started this.
  private static final int CANNOT_BE_ENDED = 9;

  private static final String WENT_ON = "went on";

  /// Calls what an attack exports, and notes how it ended.
  private static final String ATTACKED =
      """
      ;
      let end = 'ended by itself';
      (async () => exports())().catch(e => {
        if (e instanceof ReferenceError || /^Cannot find module/.test(e?.message)) end = 'needs what Berth offers';
      });
      """;

  private static final Pattern ATTACK = Pattern.compile("(?m)^//# ");

  /// What is called where the stack ends.
  private static final List<String> HANDLERS =
      List.of(
          "JSON.stringify({ a: [1] }); JSON.parse('[1]')",
          "[3, 1].sort(); [1].map(x => x).join()",
          "new Map([[1, 2]]); new Set([1]); new WeakMap()",
          "new Proxy({}, {}).x; Reflect.ownKeys({})",
          "Symbol('s').toString(); `${1.5}`",
          "new Intl.NumberFormat('de').format(1)",
          "new Date().toLocaleString('de')",
          "(1.5).toFixed(1); (1 / 3).toPrecision(3)",
          "BigInt('5') ** 3n; (2n ** 70n).toString(36)",
          "parseFloat('1e3'); parseInt('7f', 16)",
          "new Uint8Array(8).map(x => x); new DataView(new ArrayBuffer(8)).getFloat64(0)",
          "/(a)|b/.exec('a'); 'a-b'.split('-')",
          "'a'.normalize('NFD'); 'a'.localeCompare('b')",
          "encodeURIComponent('x'); decodeURIComponent('%C3%BC')",
          "eval('1'); new Function('return 1')()",
          "(function* () { yield 1; })().next(); [...'ab']",
          "new Error('x').stack; null.x");

  private final Map<String, String> options;

  private EngineUnderTest(Map<String, String> options) {
    this.options = options;
  }

  public static void main(String[] args) throws Exception {
    List<String> words = new ArrayList<>();
    Map<String, String> options = new LinkedHashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals < 0) {
        words.add(arg);
      } else {
        options.put(arg.substring(0, equals), arg.substring(equals + 1));
      }
    }
    EngineUnderTest test = new EngineUnderTest(options);
    switch (words.getFirst()) {
      case "limits" -> test.limits();
      case "attacks" -> test.attacks(Path.of(words.get(1)), Integer.parseInt(words.get(2)));
      case "recursion" -> test.recursion(Path.of(words.get(1)));
      case "speed" -> test.speed(Integer.parseInt(words.get(1)));
      default -> throw new IllegalArgumentException("there is no mode " + words.getFirst());
    }
    // Threads of what went on must not keep it.
    Runtime.getRuntime().halt(0);
  }

  private static void say(String line) {
    System.out.println("> " + line);
  }

  private Context context(Engine engine) {
    return Context.newBuilder("js")
        .engine(engine)
        .sandbox(SandboxPolicy.CONSTRAINED)
        .allowHostAccess(HostAccess.CONSTRAINED)
        .options(options)
        .build();
  }

  /// An engine takes such streams, and its contexts with it.
  private static Engine engine() {
    return Engine.newBuilder("js")
        .sandbox(SandboxPolicy.CONSTRAINED)
        .in(new ByteArrayInputStream(new byte[0]))
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .build();
  }

  private static Thread guest(Runnable task) {
    Thread thread = new Thread(null, task, "guest", Long.getLong("stack", 8 << 20));
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void limits() {
    try (Engine engine = engine()) {
      try (Context context = context(engine)) {
        context.eval("js", "1");
        say("taken");
      } catch (IllegalArgumentException | PolyglotException refused) {
        say("refused: " + refused.getMessage().lines().findFirst().orElse(""));
      }
    }
  }

  private void attacks(Path file, int from) throws IOException, InterruptedException {
    List<String> attacks = ATTACK.splitAsStream(Files.readString(file)).skip(1).toList();
    for (int i = from; i < attacks.size(); i++) {
      String attack = attacks.get(i);
      String name = attack.substring(0, attack.indexOf(" -> "));
      // Said before, because this process may end with it.
      say("begins " + name);
      String end = attack(attack.substring(attack.indexOf('\n') + 1));
      say("ends " + end);
      if (end.equals(WENT_ON)) {
        System.out.flush();
        Runtime.getRuntime().halt(CANNOT_BE_ENDED);
      }
    }
  }

  private String attack(String source) throws InterruptedException {
    Engine engine = engine();
    Context context = context(engine);
    String[] end = {"nothing"};
    Thread thread = guest(() -> end[0] = run(context, source));
    thread.join(PATIENCE_MS);
    boolean ended = !thread.isAlive();
    if (!ended) {
      Thread closer = guest(() -> context.close(true));
      closer.join(PATIENCE_MS);
      thread.join(PATIENCE_MS);
      if (thread.isAlive() || closer.isAlive()) {
        return WENT_ON;
      }
    }
    engine.close(true);
    return ended ? end[0] : "ended from outside";
  }

  private static String run(Context context, String source) {
    try {
      context.eval("js", "let exports;\n" + source + ATTACKED);
      // What waits for a promise has run by now, or never will.
      return context.eval("js", "end").asString();
    } catch (PolyglotException ended) {
      return ended.isInternalError()
          ? "internal error"
          : ended.isResourceExhausted() || ended.isCancelled() ? "over a limit" : "ended by itself";
    }
  }

  private void recursion(Path probes) throws IOException, InterruptedException {
    for (String handler : HANDLERS) {
      try (Engine engine = engine()) {
        Context context = context(engine);
        String source =
            "const attack = () => { try { attack(); } catch (e) { %1$s } finally { %1$s } }; attack();"
                .formatted(handler);
        Thread thread =
            guest(
                () -> {
                  try {
                    context.eval("js", source);
                  } catch (PolyglotException ended) {
                    // Each ends somehow; what is broken shows afterwards.
                  }
                });
        thread.join();
      }
    }
    List<String> broken = new ArrayList<>();
    List<String> all = Files.readAllLines(probes).stream().filter(line -> !line.isBlank()).toList();
    for (String probe : all) {
      Thread thread =
          guest(
              () -> {
                try (Engine engine = engine();
                    Context context = context(engine)) {
                  context.eval("js", "String(" + probe + ")");
                } catch (Throwable failure) {
                  broken.add(probe);
                }
              });
      thread.join();
    }
    say(broken.size() + " of " + all.size());
  }

  private void speed(int seconds) throws InterruptedException {
    Thread thread = guest(() -> measure(seconds));
    thread.join();
  }

  private void measure(int seconds) {
    List<String> programs =
        List.of(
            "async () => { const o = { a: 1 }; return (await o).a; }",
            "() => { let s = 0; for (let i = 0; i < 5e6; i++) s = (s + i * 7) % 1000003; return s; }",
            "() => { const a = []; for (let i = 0; i < 20000; i++) a.push({ id: i, name: 'n' + i }); return JSON.stringify(a).length; }");
    int[] times = {1000, 1, 1};
    List<List<Double>> taken = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (Engine engine = engine();
        Context context = context(engine)) {
      List<Value> functions = new ArrayList<>();
      for (String program : programs) {
        functions.add(
            context.eval(
                "js", "(n => { const f = " + program + "; for (let i = 0; i < n; i++) f(); })"));
      }
      long until = System.nanoTime() + seconds * 1_000_000_000L;
      while (System.nanoTime() - until < 0) {
        for (int i = 0; i < functions.size(); i++) {
          long begin = System.nanoTime();
          functions.get(i).executeVoid(times[i]);
          taken.get(i).add((System.nanoTime() - begin) / 1000.0 / times[i]);
        }
      }
    }
    StringBuilder line = new StringBuilder();
    for (List<Double> of : taken) {
      double[] last =
          of.subList(of.size() * 2 / 3, of.size()).stream().mapToDouble(d -> d).sorted().toArray();
      line.append(line.isEmpty() ? "" : " ").append(last[last.length / 2]);
    }
    say(line.toString());
  }
}
