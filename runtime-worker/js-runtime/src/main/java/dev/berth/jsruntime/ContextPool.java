package dev.berth.jsruntime;

import dev.berth.jsruntime.halt.GuestHalt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/// The idle contexts of a worker, by app revision.
///
/// A context that is lent belongs to one invocation. One that comes back is kept warm while the
/// pool has room; past that, the context that was idle longest goes. Safe from any thread, but
/// contexts are made and closed on the calling one, which therefore is a guest thread or one
/// that may block.
public final class ContextPool implements AutoCloseable {

  private final JsEngine engine;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();

  /// Least recently used program first.
  private final Map<AppProgram, Deque<AppContext>> idle = new LinkedHashMap<>(16, 0.75f, true);

  private final LongAdder made = new LongAdder();
  private final LongAdder evicted = new LongAdder();
  private int idleCount;
  private boolean closed;

  /// Makes an empty pool.
  ///
  /// @param capacity how many idle contexts are kept
  public ContextPool(JsEngine engine, int capacity) {
    this.engine = engine;
    this.capacity = capacity;
  }

  /// What halts all that runs in the contexts.
  GuestHalt halt() {
    return engine.halt();
  }

  /// Puts one context of a program into the pool, so that its first call finds it warm.
  ///
  /// @throws PolyglotException when a function file does not parse
  public void warm(AppProgram program) {
    giveBack(make(program));
  }

  /// A context of exactly that program, idle or new.
  AppContext borrow(AppProgram program) {
    AppContext context = takeIdle(program);
    return context != null ? context : make(program);
  }

  private AppContext make(AppProgram program) {
    AppContext context = new AppContext(engine, program);
    made.increment();
    return context;
  }

  private @Nullable AppContext takeIdle(AppProgram program) {
    lock.lock();
    try {
      Deque<AppContext> contexts = idle.get(program);
      AppContext context = contexts == null ? null : contexts.pollLast();
      if (context != null) {
        idleCount--;
      }
      return context;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a context back that is as it was when it was new.
  void giveBack(AppContext context) {
    List<AppContext> surplus = new ArrayList<>();
    lock.lock();
    try {
      if (closed) {
        surplus.add(context);
      } else {
        idle.computeIfAbsent(context.program(), _ -> new ArrayDeque<>()).addLast(context);
        idleCount++;
        while (idleCount > capacity) {
          surplus.add(longestIdle());
        }
      }
    } finally {
      lock.unlock();
    }
    evict(surplus);
  }

  private void evict(List<AppContext> contexts) {
    evicted.add(contexts.size());
    contexts.forEach(AppContext::close);
  }

  private AppContext longestIdle() {
    var programs = idle.entrySet().iterator();
    while (true) {
      Deque<AppContext> contexts = programs.next().getValue();
      AppContext context = contexts.pollFirst();
      if (contexts.isEmpty()) {
        programs.remove();
      }
      if (context != null) {
        idleCount--;
        return context;
      }
    }
  }

  /// Closes the idle contexts of a program that gets no more calls.
  public void retire(AppProgram program) {
    Deque<AppContext> contexts;
    lock.lock();
    try {
      contexts = idle.remove(program);
      idleCount -= contexts == null ? 0 : contexts.size();
    } finally {
      lock.unlock();
    }
    if (contexts != null) {
      contexts.forEach(AppContext::close);
    }
  }

  /// Closes so many idle contexts, those that were idle longest.
  void shed(int count) {
    List<AppContext> surplus = new ArrayList<>();
    lock.lock();
    try {
      while (surplus.size() < count && idleCount > 0) {
        surplus.add(longestIdle());
      }
    } finally {
      lock.unlock();
    }
    evict(surplus);
  }

  /// How many contexts were made so far.
  public long madeCount() {
    return made.sum();
  }

  /// How many idle contexts had to go so far because there was no room for them.
  public long evictedCount() {
    return evicted.sum();
  }

  /// How many contexts are idle now.
  public int idleCount() {
    lock.lock();
    try {
      return idleCount;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    List<AppContext> contexts = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      idle.values().forEach(contexts::addAll);
      idle.clear();
      idleCount = 0;
    } finally {
      lock.unlock();
    }
    contexts.forEach(AppContext::close);
  }
}
