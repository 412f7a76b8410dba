package dev.berth.jsruntime;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.halt.GuestHalt;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes room when the heap is past its watermark: idle contexts go, longest idle first, and the
/// invocation that allocated most ends. All others stand still until it has. For the watchdog's
// thread, but for [#isShort].
final class MemoryGuard {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryGuard.class);

  static final Outcome.OverLimit ENDED =
      new Outcome.OverLimit(Limit.MEMORY, "the worker is short of memory");

  /// How often to look again after an invocation has ended, before the heap counts as full of
  /// what nobody can end, and before one that took little ends: the thread that ran it may still
  /// hold what it had. All but the last look come at once, the last one after the usual pause;
  /// were calls let in earlier, one of them would be taken for the one that fills the heap.
  private static final int LOOKS_AFTER_AN_END = 4;

  /// An invocation that allocated no more does not end in place of one that has just ended.
  private static final long LITTLE_BYTES = 16L << 20;

  private final GuestHalt halt;
  private final HeapPressure heap;
  private final ContextPool contexts;
  private final LastingShortage lasting = new LastingShortage();

  private int endingThen;
  private int looksLeft;
  private volatile boolean shortOfMemory;

  MemoryGuard(ContextPool contexts) {
    this.contexts = contexts;
    this.halt = contexts.halt();
    this.heap = new HeapPressure(halt);
  }

  /// Whether new invocations have to wait until there is room.
  boolean isShort() {
    return shortOfMemory;
  }

  /// Whether it would be short again as soon as it had room, because nothing that could be ended
  /// holds the memory. From any thread.
  boolean staysShort() {
    return lasting.lasts();
  }

  /// Looks at the heap.
  ///
  /// @param ending how many invocations were told to end and have not given their memory back
  /// @return the invocation that has to end for the others
  Optional<Execution> look(long nowNanos, Collection<Execution> running, int ending) {
    if (shortOfMemory && ending < endingThen) {
      // It gave back what it held: nobody has to be refused longer than it takes to see that.
      looksLeft = LOOKS_AFTER_AN_END;
      heap.forget();
    }
    endingThen = ending;
    return switch (heap.look(nowNanos)) {
      case LOW -> {
        halt.end();
        lasting.hasRoom();
        if (shortOfMemory) {
          shortOfMemory = false;
          LOG.atInfo().log("the worker has room again");
        }
        yield Optional.empty();
      }
      case UNKNOWN -> Optional.empty();
      case HIGH -> makeRoom(nowNanos, running, ending);
    };
  }

  private Optional<Execution> makeRoom(long nowNanos, Collection<Execution> running, int ending) {
    int idle = contexts.idleCount();
    boolean nothingRuns = running.isEmpty() && idle == 0 && ending == 0;
    Optional<Execution> largest =
        running.stream()
            .max(Comparator.comparingLong(execution -> execution.usage().allocatedBytes()));
    if (nothingRuns) {
      halt.end();
    }
    boolean nobodyTookMuch =
        ending == 0
            && largest.stream().noneMatch(call -> call.usage().allocatedBytes() > LITTLE_BYTES);
    if (nobodyTookMuch && looksLeft > 0) {
      looksLeft--;
      if (looksLeft > 0) {
        heap.forget();
      }
      contexts.shed((idle + 1) / 2);
      return Optional.empty();
    }
    if (!shortOfMemory) {
      LOG.atWarn()
          .addKeyValue("running", running.size())
          .addKeyValue("idleContexts", idle)
          .log("the worker is short of memory; new calls are refused");
    }
    if (nothingRuns) {
      // Nothing that could be ended holds it. To refuse for ever would help nobody.
      LOG.atError().log("the heap is full although nothing runs; the worker needs a larger one");
      lasting.isHopeless(nowNanos);
      shortOfMemory = false;
      return Optional.empty();
    }
    shortOfMemory = true;
    contexts.shed((idle + 1) / 2);
    // One at a time: what it holds may be all that is needed.
    return ending > 0 ? Optional.empty() : largest;
  }
}
