package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workers that are there, as this process has heard of them: each says so every second, and
/// says when it leaves. Safe from any thread.
final class WorkerDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerDirectory.class);

  static final long SAID_EVERY_MS = 1000;

  /// Longer than a worker pauses for its garbage, shorter than a caller's patience.
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long DEAD_KEPT_NANOS = TimeUnit.MINUTES.toNanos(5);

  /// Its last answers may come after the news of its end, which come on another way.
  private static final long LAST_ANSWERS_MS = 250;

  /// @param leaves whether it takes no more calls; it stays known for those it has
  private record Known(RemoteWorker worker, long heardNanos, boolean leaves) {}

  private final Vertx vertx;
  private final Suspects suspects;
  private final Placing placing;
  private final AtomicBoolean following = new AtomicBoolean();
  private final ConcurrentMap<String, Known> workers = new ConcurrentHashMap<>();

  /// What a dead worker said last may arrive after the news of its death. Names are used once,
  /// and are kept until nothing of theirs can be on its way any more.
  private final ConcurrentMap<String, Long> dead = new ConcurrentHashMap<>();

  WorkerDirectory(Vertx vertx, Suspects suspects, Placing placing) {
    this.vertx = vertx;
    this.suspects = suspects;
    this.placing = placing;
  }

  /// Listens to what workers say, from the first call on, and asks who is there.
  void follow(Vertx vertx) {
    if (following.compareAndSet(false, true)) {
      vertx
          .eventBus()
          .<JsonObject>consumer(Addresses.WORKERS, this::heard)
          .completion()
          .onSuccess(_ -> vertx.eventBus().publish(Addresses.QUESTIONS, new JsonObject()));
      vertx.setPeriodic(SAID_EVERY_MS, _ -> forgetTheOld());
    }
  }

  /// What a worker says of itself.
  ///
  /// @param region `null` for none
  static JsonObject saying(String worker, @Nullable String region, boolean serves) {
    JsonObject saying =
        new JsonObject()
            .put("worker", worker)
            .put("serves", serves)
            .put(WireFormat.SAID, WireFormat.VERSION);
    return region == null ? saying : saying.put("region", region);
  }

  /// What is said of a worker by who saw its end.
  static JsonObject sayingDead(String worker) {
    return saying(worker, null, false).put("dead", true);
  }

  private void heard(Message<JsonObject> message) {
    JsonObject saying = message.body();
    String worker = saying.getString("worker");
    if (saying.getBoolean("dead", false)) {
      var _ = isDead(worker);
    } else {
      int version = saying.getInteger(WireFormat.SAID, WireFormat.UNSAID);
      if (WireFormat.isUnderstood(version)) {
        said(worker, saying.getString("region"), version, saying.getBoolean("serves"));
      } else {
        LOG.atDebug().addKeyValue("worker", worker).log("a worker speaks another language");
      }
    }
  }

  /// A worker says that it is there.
  ///
  /// @param version of [WireFormat], one that is understood
  void said(String name, @Nullable String region, int version, boolean serves) {
    if (dead.containsKey(name)) {
      return;
    }
    workers.compute(
        name,
        (_, known) -> {
          RemoteWorker worker =
              known == null
                  ? new RemoteWorker(vertx, name, region, WireFormat.spokenWith(version), suspects)
                  : known.worker();
          return new Known(worker, System.nanoTime(), !serves);
        });
  }

  boolean knows(String name) {
    Known known = workers.get(name);
    return known != null && !known.leaves();
  }

  boolean knowsAny() {
    return workers.values().stream().anyMatch(known -> !known.leaves());
  }

  /// Ends what the worker has not answered, for good.
  ///
  /// @return the apps whose calls those were; none when it was leaving
  Set<AppId> isDead(String name) {
    dead.put(name, System.nanoTime());
    return forget(name);
  }

  /// Ends what the worker has not answered. It is known again when it says that it serves.
  void isGone(String name) {
    var _ = forget(name);
  }

  private Set<AppId> forget(String name) {
    Known known = workers.remove(name);
    if (known == null) {
      return Set.of();
    }
    if (known.leaves()) {
      vertx.setTimer(LAST_ANSWERS_MS, _ -> known.worker().isGone());
      return Set.of();
    }
    return known.worker().isGone();
  }

  private void forgetTheOld() {
    long now = System.nanoTime();
    suspects.forgetTheOld();
    dead.values().removeIf(since -> now - since > DEAD_KEPT_NANOS);
    forgetTheSilent(now);
  }

  private void forgetTheSilent(long now) {
    workers.forEach(
        (name, known) -> {
          if (now - known.heardNanos() > SILENCE_NANOS) {
            LOG.atWarn().addKeyValue("worker", name).log("a worker fell silent");
            var _ = forget(name);
          }
        });
  }

  /// The worker for the next call of an app: of its candidates the one with the least to do. An
  /// app is served by few of many workers: their contexts stay warm, and an app that harms its
  /// workers does not reach the others.
  ///
  /// Of the regions it is as [Placing] says.
  ///
  /// @param tried those that did not take it
  /// @return `null` when there is no other
  @Nullable RemoteWorker choose(AppId app, Set<String> tried) {
    String home = placing.homeOf(app);
    String near = home == null ? placing.region() : home;
    RemoteWorker worker = chooseIn(near, app, tried);
    return worker == null && home == null && near != null ? chooseIn(null, app, tried) : worker;
  }

  /// While there are suspects, they have one worker of a region to themselves: where the first of
  /// them is at home, because nobody else need feel what it left behind. The others get calls of
  /// other apps, and that one only when nobody else took them.
  private @Nullable RemoteWorker chooseIn(@Nullable String region, AppId app, Set<String> tried) {
    int most = placing.workersPerApp();
    AppId first = suspects.first();
    if (first == null) {
      return candidate(region, app, most, tried, null);
    }
    RemoteWorker apart = candidate(region, first, 1, Set.of(), null);
    RemoteWorker other = suspects.has(app) ? null : candidate(region, app, most, tried, apart);
    if (other != null) {
      return other;
    }
    return apart == null || tried.contains(apart.name()) ? null : apart;
  }

  private @Nullable RemoteWorker candidate(
      @Nullable String region,
      AppId app,
      int most,
      Set<String> tried,
      @Nullable RemoteWorker excluded) {
    Candidates candidates = new Candidates(app, most);
    for (Known known : workers.values()) {
      RemoteWorker worker = known.worker();
      if (!known.leaves()
          && worker != excluded
          && (region == null || worker.isIn(region))
          && !tried.contains(worker.name())) {
        candidates.offer(worker);
      }
    }
    return candidates.leastBusy();
  }

  /// What becomes of a call that no worker can take.
  Outcome.Unavailable nobodyFor(AppId app) {
    String home = placing.homeOf(app);
    return home == null
        ? new Outcome.Unavailable("no worker is there")
        : Outcome.Unavailable.in(home);
  }
}
