package dev.berth.gateway.serving;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/// The event loop that a listener's requests live on.
final class EventLoop {

  private final Context context;
  private final Thread thread;

  private EventLoop(Context context, Thread thread) {
    this.context = context;
    this.thread = thread;
  }

  /// The one that calls this.
  static EventLoop current(Vertx vertx) {
    return new EventLoop(vertx.getOrCreateContext(), Thread.currentThread());
  }

  /// Runs the task on the loop: at once when called there, else as soon as it comes to it.
  void run(Runnable task) {
    if (thread.equals(Thread.currentThread())) {
      task.run();
    } else {
      context.runOnContext(_ -> task.run());
    }
  }
}
