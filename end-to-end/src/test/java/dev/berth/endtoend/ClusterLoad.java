package dev.berth.endtoend;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that call without a pause, each call with an id of its own, at the gateways that said
/// last that they are ready: what a load balancer does.
final class ClusterLoad implements AutoCloseable {

  static final int CLIENTS = 6;

  private static final AtomicLong IDS = new AtomicLong();

  private final ClusterProcesses cluster;
  private final String appId;
  private final String route;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Boolean> ready = new ConcurrentHashMap<>();
  private final Map<String, Long> answers = new ConcurrentSkipListMap<>();
  private volatile boolean stopped;

  private ClusterLoad(ClusterProcesses cluster, String appId, String route) {
    this.cluster = cluster;
    this.appId = appId;
    this.route = route;
  }

  /// Calls a route until it is closed.
  static ClusterLoad on(ClusterProcesses cluster, String appId, String route) {
    ClusterLoad load = new ClusterLoad(cluster, appId, route);
    load.look();
    load.threads.add(Thread.ofPlatform().daemon().start(load::balance));
    for (int i = 0; i < CLIENTS; i++) {
      load.threads.add(Thread.ofPlatform().daemon().start(load::call));
    }
    return load;
  }

  private void balance() {
    while (!stopped) {
      look();
      LockSupport.parkNanos(100_000_000);
    }
  }

  private void look() {
    for (String gateway : List.of("gateway-1", "gateway-2")) {
      ready.put(gateway, cluster.isReady(gateway));
    }
  }

  private void call() {
    while (!stopped) {
      long id = IDS.incrementAndGet();
      String gateway = "gateway-" + (1 + id % 2);
      if (!ready.getOrDefault(gateway, false)) {
        gateway = "gateway-" + (2 - id % 2);
      }
      count(kind(gateway, id));
    }
  }

  /// The status, with the beginning of the body when it is no success.
  private String kind(String gateway, long id) {
    try {
      HttpResponse<String> answer = cluster.call(gateway, appId, route + "?id=" + id);
      return answer.statusCode() == 200 ? "200" : answer.statusCode() + " " + answer.body();
    } catch (UncheckedIOException broken) {
      return "none: " + broken.getMessage();
    }
  }

  private void count(String kind) {
    answers.merge(kind, 1L, Long::sum);
  }

  long succeeded() {
    return answers.getOrDefault("200", 0L);
  }

  /// How many more calls succeed: blocks until so many did.
  void awaitMore(int calls) {
    long wanted = succeeded() + calls;
    long deadline = System.nanoTime() + BerthProcess.PATIENCE.toNanos();
    while (succeeded() < wanted) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("calls do not succeed: " + answers + "\n" + cluster.output());
      }
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
  }

  /// How often each answer came.
  Map<String, Long> answers() {
    return answers;
  }

  /// How many calls were answered in another way than with success.
  long failed() {
    return answers.values().stream().mapToLong(Long::longValue).sum() - succeeded();
  }

  /// Makes no more calls, and waits for the answers to those that are made.
  void stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(BerthProcess.PATIENCE);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    stop();
  }
}
