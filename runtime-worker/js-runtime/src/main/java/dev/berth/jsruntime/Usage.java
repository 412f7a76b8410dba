package dev.berth.jsruntime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What one invocation has used up: CPU time and bytes allocated, over all its steps.
///
/// Reading a thread's CPU time is a system call, which a step of some microseconds cannot
/// afford. So a step that is over before the watchdog looks counts with the time it held its
/// thread; from the watchdog's first look on, CPU time counts. The thread that runs a step
/// writes its begin and end, the watchdog reads and marks its first look; a reading may miss the
/// end of a step that ends at that moment, and never counts anything twice.
final class Usage {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long NOT_RUNNING = 0;

  private volatile long cpuNanos;
  private volatile long allocatedBytes;
  private volatile long runningThread = NOT_RUNNING;
  private volatile boolean seen;
  private long begunAt;
  private long allocatedAtBegin;
  private volatile long nanosUntilSeen;
  private volatile long cpuWhenSeen;

  /// A step begins on this thread.
  void begin() {
    begunAt = System.nanoTime();
    allocatedAtBegin = THREADS.getCurrentThreadAllocatedBytes();
    seen = false;
    runningThread = Thread.currentThread().threadId();
  }

  /// The step on this thread is over.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread of the step writes these
  void end() {
    runningThread = NOT_RUNNING;
    cpuNanos +=
        seen
            ? nanosUntilSeen + Math.max(0, THREADS.getCurrentThreadCpuTime() - cpuWhenSeen)
            : System.nanoTime() - begunAt;
    allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedAtBegin;
  }

  /// CPU time so far, in ns. For the watchdog alone.
  long cpuNanos() {
    long before = cpuNanos;
    long thread = runningThread;
    if (thread == NOT_RUNNING) {
      return before;
    }
    long now = THREADS.getThreadCpuTime(thread);
    if (!seen) {
      cpuWhenSeen = now;
      nanosUntilSeen = System.nanoTime() - begunAt;
      seen = true;
    }
    return before + nanosUntilSeen + Math.max(0, now - cpuWhenSeen);
  }

  /// Bytes allocated so far, whether or not they are still in use.
  long allocatedBytes() {
    long before = allocatedBytes;
    long thread = runningThread;
    return thread == NOT_RUNNING
        ? before
        : before + Math.max(0, THREADS.getThreadAllocatedBytes(thread) - allocatedAtBegin);
  }
}
