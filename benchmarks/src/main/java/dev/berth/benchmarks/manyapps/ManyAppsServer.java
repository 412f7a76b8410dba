package dev.berth.benchmarks.manyapps;

import dev.berth.benchmarks.AppFolder;
import dev.berth.benchmarks.BerthServer;
import dev.berth.catalog.DeployedApp;
import dev.berth.jsruntime.ExecutionLimits;
import dev.berth.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A Berth that apps are deployed to while it runs. It takes orders on its standard input, one a
/// line, and answers each with a line: `deploy FROM TO`, `await-idle CONTEXTS`, `heap`.
public final class ManyAppsServer {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final BerthServer berth;
  private final Shops shops;

  private ManyAppsServer(BerthServer berth, Shops shops) {
    this.berth = berth;
    this.shops = shops;
  }

  /// Serves one app at first.
  ///
  /// @param args the folder of that app, the folder of the one that is copied, and how many idle
  /// contexts are kept
  public static void main(String[] args) {
    DeployedApp first = AppFolder.read(Path.of(args[0]));
    int idleContexts = Integer.parseInt(args[2]);
    BerthServer berth = new BerthServer(settings(idleContexts));
    berth.deploy(first);
    ManyAppsServer server = new ManyAppsServer(berth, new Shops(Path.of(args[1])));
    berth.listen(
        port -> {
          berth.announce(port, first);
          Orders.obey(server::answer);
        });
  }

  private static WorkerSettings settings(int idleContexts) {
    WorkerSettings usual = WorkerSettings.forCores(Runtime.getRuntime().availableProcessors());
    return new WorkerSettings(
        usual.guestThreads(),
        usual.guestThreadsPerApp(),
        usual.invocationsPerApp(),
        usual.waitingPerApp(),
        idleContexts,
        ExecutionLimits.standard());
  }

  private String answer(String[] order) {
    return switch (order[0]) {
      case "deploy" -> deploy(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
      case "await-idle" -> String.valueOf(awaitIdle(Integer.parseInt(order[1])));
      default -> "there is no order " + order[0];
    };
  }

  private String deploy(int from, int to) {
    for (int number = from; number < to; number++) {
      berth.deploy(shops.shop(number));
    }
    return "deployed";
  }

  /// Waits for so many idle contexts, but not for ever, and says how many there are.
  private int awaitIdle(int wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (berth.worker().idleContexts() < wanted && System.nanoTime() < deadline) {
      LockSupport.parkNanos(200_000);
    }
    return berth.worker().idleContexts();
  }
}
