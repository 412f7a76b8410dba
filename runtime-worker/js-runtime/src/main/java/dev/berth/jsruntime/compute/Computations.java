package dev.berth.jsruntime.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All computations, each run on a stack of its own.
///
/// App code may call at the very end of its stack. A class that is initialised there for the
/// first time would stay broken for everybody, so the guest thread only waits while another one
/// works. The way there is walked once before any app code runs, for the same reason.
public final class Computations {

  private static final Logger LOG = LoggerFactory.getLogger(Computations.class);

  /// Virtual threads are cheap to start; nothing here touches the engine, which forbids them.
  private static final Executor OWN_STACKS = Executors.newVirtualThreadPerTaskExecutor();

  private final Map<String, Computation> byName;

  private Computations(Map<String, Computation> byName) {
    this.byName = Map.copyOf(byName);
    answer("", List.of());
  }

  /// All of these, by name.
  @SafeVarargs
  public static Computations of(Map<String, Computation>... rooms) {
    Map<String, Computation> all = new HashMap<>();
    for (Map<String, Computation> room : rooms) {
      all.putAll(room);
    }
    return new Computations(all);
  }

  /// Computes and waits, whatever interrupts.
  ///
  /// @return the answer after `=`, or a message for app code after `!`
  public String answer(String name, List<String> texts) {
    return onOwnStack(new Work(byName.get(name), name, texts));
  }

  /// Has work done on a stack of its own and waits for it, whatever interrupts. For a guest
  /// thread: the work is no lambda and its classes are initialised.
  public static String onOwnStack(Supplier<String> work) {
    return CompletableFuture.supplyAsync(work, OWN_STACKS).join();
  }

  private record Work(@Nullable Computation computation, String name, List<String> texts)
      implements Supplier<String> {

    @Override
    public String get() {
      if (computation == null) {
        return "!there is no such computation";
      }
      try {
        return "=" + computation.answer(texts);
      } catch (RefusedException e) {
        return "!" + e.getMessage();
      } catch (RuntimeException | Error e) {
        LOG.atError().addKeyValue("computation", name).setCause(e).log("a computation broke");
        return "!internal error";
      }
    }
  }
}
