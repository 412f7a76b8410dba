package dev.berth.jsruntime;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether JavaScript still works in this JVM.
///
/// When Java's stack runs out while a class is being initialised, the JVM marks that class broken
/// for good, and what needs it fails in every context of every app. The canary calls what apps
/// rely on, in an engine and a context that nobody has used.
final class Canary {

  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);

  private static final String NAME = "canary";

  /// More than there are probes.
  private static final int MOST_LINES = 1000;

  private final AppProgram program;

  /// Asks whether the built-ins of the language and of the prelude work.
  Canary() {
    this(script());
  }

  /// Asks something else.
  ///
  /// @param source of a function file that logs the name of each probe before it, and throws when
  /// one fails
  Canary(String source) {
    this.program = program(source);
  }

  private static String script() {
    try (InputStream in = Canary.class.getResourceAsStream("canary.js")) {
      if (in == null) {
        throw new IllegalStateException("the canary's script is not in the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the canary's script cannot be read", e);
    }
  }

  private static AppProgram program(String source) {
    var function =
        new FunctionDefinition(
            NAME, NAME + ".js", source, false, new BsonDocument(), true, new RunAs.AsSystem());
    var app =
        new AppDefinition(
            NAME,
            null,
            DeploymentModel.GLOBAL,
            "",
            new Environment("", Map.of()),
            List.of(),
            Map.of(NAME, function),
            Map.of(),
            List.of());
    return AppProgram.of(new AppId(NAME), new Revision(1), app, Secrets.none());
  }

  /// The name of what is broken, or `null` when all is well. Takes a guest thread one or two
  /// tenths of a second, and longer in a JVM that has never run it.
  @Nullable String brokenProbe() {
    Deque<String> begun = new ArrayDeque<>(List.of("engine"));
    try {
      return passes(begun) ? null : begun.getLast();
    } catch (PolyglotException e) {
      // A heap that is full for a moment breaks nothing.
      return e.isResourceExhausted() ? null : broken(begun, e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return broken(begun, e);
    }
  }

  private static String broken(Deque<String> begun, Throwable cause) {
    LOG.atWarn().addKeyValue("probe", begun.getLast()).setCause(cause).log("a probe failed");
    return begun.getLast();
  }

  /// @param begun gets the names of the probes that were begun
  private boolean passes(Deque<String> begun) {
    boolean returned = false;
    try (JsEngine engine = JsEngine.start();
        AppContext context = new AppContext(engine, program)) {
      context.enter();
      try {
        context.mayPrint(MOST_LINES);
        context.beginCall(NAME, InvocationText.NONE, CalleePermits.NONE, "[]", true);
        context.conclude();
      } finally {
        for (Post post = context.nextPost(); post != null; post = context.nextPost()) {
          returned |= post.kind().equals("returned");
          if (post.kind().equals("log") && post.text().equals("log")) {
            begun.add(post.more());
          }
        }
        context.leave();
      }
    }
    return returned;
  }
}
