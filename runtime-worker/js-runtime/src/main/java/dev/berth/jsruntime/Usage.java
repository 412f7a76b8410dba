package dev.berth.jsruntime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What one invocation has used up: CPU time and bytes allocated, over all its steps.
///
/// The thread that runs a step writes; any thread may read. A reading may miss the end of a step
/// that
/// ends at that moment; it never counts anything twice.
final class Usage {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long NOT_RUNNING = 0;

  private volatile long cpuNanos;
  private volatile long allocatedBytes;
  private volatile long runningThread = NOT_RUNNING;
  private long cpuAtBegin;
  private long allocatedAtBegin;

  /// A step begins on this thread.
  void begin() {
    cpuAtBegin = THREADS.getCurrentThreadCpuTime();
    allocatedAtBegin = THREADS.getCurrentThreadAllocatedBytes();
    runningThread = Thread.currentThread().threadId();
  }

  /// The step on this thread is over.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread of the step writes
  void end() {
    runningThread = NOT_RUNNING;
    cpuNanos += THREADS.getCurrentThreadCpuTime() - cpuAtBegin;
    allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedAtBegin;
  }

  /// CPU time so far, in ns.
  long cpuNanos() {
    long before = cpuNanos;
    long thread = runningThread;
    return thread == NOT_RUNNING
        ? before
        : before + Math.max(0, THREADS.getThreadCpuTime(thread) - cpuAtBegin);
  }

  /// Bytes allocated so far, whether or not they are still in use.
  long allocatedBytes() {
    long before = allocatedBytes;
    long thread = runningThread;
    return thread == NOT_RUNNING
        ? before
        : before + Math.max(0, THREADS.getThreadAllocatedBytes(thread) - allocatedAtBegin);
  }

  boolean isRunning() {
    return runningThread != NOT_RUNNING;
  }
}
