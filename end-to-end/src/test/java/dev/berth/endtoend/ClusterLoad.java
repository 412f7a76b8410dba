package dev.berth.endtoend;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Clients that call one after another, each call with an id of its own, at the gateways that
/// said last that they are ready: what a load balancer does.
final class ClusterLoad implements AutoCloseable {

  static final int CLIENTS = 6;

  private static final List<String> GATEWAYS = List.of("gateway-1", "gateway-2");
  private static final AtomicLong IDS = new AtomicLong();

  /// Enough for a hundred calls a second, and leaves the processors to those that start.
  private static final long PAUSE_NANOS = 40_000_000;

  private static final long LOOK_EVERY_NANOS = 100_000_000;

  private final ClusterProcesses cluster;
  private final String appId;
  private final String route;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Boolean> ready = new ConcurrentHashMap<>();
  private final Map<String, Long> answers = new ConcurrentSkipListMap<>();
  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  private ClusterLoad(ClusterProcesses cluster, String appId, String route) {
    this.cluster = cluster;
    this.appId = appId;
    this.route = route;
  }

  /// Calls a route until it is closed, with `id` as one more parameter of its query.
  static ClusterLoad on(ClusterProcesses cluster, String appId, String route) {
    ClusterLoad load = new ClusterLoad(cluster, appId, route);
    GATEWAYS.forEach(gateway -> load.ready.put(gateway, cluster.isReady(gateway)));
    GATEWAYS.forEach(gateway -> load.start(() -> load.look(gateway)));
    for (int i = 0; i < CLIENTS; i++) {
      load.start(load::call);
    }
    return load;
  }

  private void start(Runnable task) {
    threads.add(Thread.ofPlatform().daemon().start(task));
  }

  /// Each by itself: one that does not answer must not hide that the other leaves.
  private void look(String gateway) {
    while (!stopped) {
      ready.put(gateway, cluster.isReady(gateway));
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private void call() {
    while (!stopped) {
      long id = IDS.incrementAndGet();
      String gateway = GATEWAYS.get((int) (id % 2));
      if (!ready.getOrDefault(gateway, false)) {
        gateway = GATEWAYS.get((int) (1 - id % 2));
      }
      String kind = kind(gateway, id);
      if (kind.equals("200")) {
        succeeded.add(Long.toString(id));
      }
      answers.merge(kind, 1L, Long::sum);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// The status, with the body when it is no success.
  private String kind(String gateway, long id) {
    String separator = route.contains("?") ? "&" : "?";
    try {
      HttpResponse<String> answer = cluster.call(gateway, appId, route + separator + "id=" + id);
      return answer.statusCode() == 200 ? "200" : answer.statusCode() + " " + answer.body();
    } catch (UncheckedIOException broken) {
      return gateway + " " + broken.getMessage();
    }
  }

  /// Blocks until so many more calls succeed.
  void awaitMore(int calls) {
    long wanted = succeeded.size() + (long) calls;
    long deadline = System.nanoTime() + BerthProcess.PATIENCE.toNanos();
    while (succeeded.size() < wanted) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("calls do not succeed: " + answers + "\n" + cluster.output());
      }
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
  }

  /// The ids of the calls that were answered with success.
  Set<String> succeeded() {
    return succeeded;
  }

  /// How often each answer came.
  Map<String, Long> answers() {
    return answers;
  }

  /// How many calls were answered in another way than with success.
  long failed() {
    return answers.values().stream().mapToLong(Long::longValue).sum()
        - answers.getOrDefault("200", 0L);
  }

  /// Makes no more calls, and waits for the answers to those that are made.
  void stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        if (!thread.join(BerthProcess.PATIENCE.plusSeconds(10))) {
          throw new AssertionError("a call has no end: " + answers);
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
  }
}
