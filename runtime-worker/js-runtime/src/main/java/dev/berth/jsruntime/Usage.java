package dev.berth.jsruntime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// What one invocation has used up: CPU time and bytes allocated, over all its steps.
///
/// Reading a thread's CPU time is a system call, which a step of some microseconds cannot
/// afford. So a step that is over before the watchdog looks counts with the time it held its
/// thread; from the watchdog's first look on, CPU time counts. The thread that runs a step
/// writes its begin and end, the watchdog reads and marks its first look; a reading may miss the
/// end of a step that ends at that moment, and never counts anything twice.
///
/// Steps run on different threads, whose counters have nothing to do with one another: what was
/// read of a thread counts only when its step was still running afterwards.
final class Usage {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private volatile long cpuNanos;
  private volatile long allocatedBytes;
  private volatile @Nullable Step running;

  /// A step, and how much its thread had used up before.
  private static final class Step {

    private final long thread = Thread.currentThread().threadId();
    private final long begunAt = System.nanoTime();
    private final long allocatedAtBegin = THREADS.getCurrentThreadAllocatedBytes();
    private volatile @Nullable Look first;

    long allocated() {
      return THREADS.getThreadAllocatedBytes(thread) - allocatedAtBegin;
    }
  }

  /// The watchdog's first look at a step.
  ///
  /// @param nanos since the step began
  /// @param cpuNanos of its thread then
  private record Look(long nanos, long cpuNanos) {

    long nanosWith(long cpuNanosNow) {
      return nanos + Math.max(0, cpuNanosNow - cpuNanos);
    }
  }

  /// A step begins on this thread.
  void begin() {
    running = new Step();
  }

  /// The step on this thread is over.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread of the step writes these
  void end() {
    Step step = running;
    running = null;
    if (step == null) {
      throw new IllegalStateException("no step runs");
    }
    Look first = step.first;
    cpuNanos +=
        first == null
            ? System.nanoTime() - step.begunAt
            : first.nanosWith(THREADS.getCurrentThreadCpuTime());
    allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - step.allocatedAtBegin;
  }

  /// CPU time so far, in ns. For the watchdog alone.
  long cpuNanos() {
    long before = cpuNanos;
    Step step = running;
    if (step == null) {
      return before;
    }
    long now = THREADS.getThreadCpuTime(step.thread);
    if (running != step) {
      return before;
    }
    Look first = step.first;
    if (first == null) {
      first = new Look(System.nanoTime() - step.begunAt, now);
      step.first = first;
    }
    return before + first.nanosWith(now);
  }

  /// Bytes allocated so far, whether or not they are still in use.
  long allocatedBytes() {
    long before = allocatedBytes;
    Step step = running;
    if (step == null) {
      return before;
    }
    long since = step.allocated();
    return running == step ? before + Math.max(0, since) : before;
  }
}
