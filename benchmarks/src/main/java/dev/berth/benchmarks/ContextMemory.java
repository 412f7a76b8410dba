package dev.berth.benchmarks;

import dev.berth.catalog.DeployedApp;
import dev.berth.jsruntime.AppProgram;
import dev.berth.jsruntime.ContextPool;
import dev.berth.jsruntime.JsEngine;
import dev.berth.jsruntime.frames.GuestThread;

/// What a warm context of a small app takes of the heap: our JavaScript in it, and the engine's
/// own
/// objects.
final class ContextMemory {

  /// The first ones bring what all of them share.
  private static final int SHARED = 20;

  private static final int MEASURED = 100;

  private ContextMemory() {}

  /// Makes contexts in this JVM and looks what survives a full collection. Takes some seconds.
  static double kilobytesPerContext(DeployedApp app) throws InterruptedException {
    try (JsEngine engine = JsEngine.start();
        ContextPool contexts = new ContextPool(engine, SHARED + MEASURED)) {
      AppProgram program = AppProgram.of(app.id(), app.revision(), app.definition(), app.secrets());
      warm(contexts, program, SHARED);
      long before = usedBytes();
      warm(contexts, program, MEASURED);
      return (usedBytes() - before) / 1024.0 / MEASURED;
    }
  }

  private static void warm(ContextPool contexts, AppProgram program, int count)
      throws InterruptedException {
    Thread guest =
        new GuestThread(
            "contexts",
            () -> {
              for (int i = 0; i < count; i++) {
                contexts.warm(program);
              }
            });
    guest.start();
    guest.join();
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
