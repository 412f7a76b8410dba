package dev.berth.launcher.breaker;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Breaks an app off that ends its workers: for a while, and for longer when it does so again.
///
/// What one app does changes nothing for another. Safe from any thread; never blocks.
public final class AppBreaker {

  /// So many within [#WINDOW] break an app off.
  static final int STRIKES = 3;

  /// How long a strike is remembered, and how long after a break one more is enough.
  static final Duration WINDOW = Duration.ofMinutes(10);

  static final Duration FIRST_BREAK = Duration.ofSeconds(30);
  static final Duration LONGEST_BREAK = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Listener listener;
  private final ConcurrentMap<AppId, Conduct> conducts = new ConcurrentHashMap<>();
  private final ConcurrentMap<AppId, Revision> revisions = new ConcurrentHashMap<>();
  private final LongAdder strikes = new LongAdder();

  /// A breaker that knows nothing bad of anybody.
  public AppBreaker(InstantSource clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /// One whose breaks are as long as they should be, whatever is done to the clock meanwhile.
  public static AppBreaker steady(Listener listener) {
    Instant begin = Instant.now();
    long nanos = System.nanoTime();
    return new AppBreaker(() -> begin.plusNanos(System.nanoTime() - nanos), listener);
  }

  /// Hears what becomes of apps, on the thread that brings it about; must not block.
  public interface Listener {

    /// Calls of the app are refused until then.
    void brokenOff(AppId appId, Instant until);

    /// A call of the app is let through again.
    void takenBack(AppId appId);
  }

  /// What an app did so far.
  ///
  /// @param strikes that are remembered and led to no break yet, oldest first
  /// @param breaks in a row; 0 when it never was broken off
  /// @param until when the last break ends
  /// @param open whether no call was let through since
  private record Conduct(List<Instant> strikes, int breaks, Instant until, boolean open) {

    static final Conduct GOOD = new Conduct(List.of(), 0, Instant.MIN, false);

    Conduct struckAt(Instant now) {
      boolean again = breaks > 0 && now.isBefore(until.plus(WINDOW));
      List<Instant> remembered = new ArrayList<>(strikes);
      remembered.removeIf(strike -> !now.isBefore(strike.plus(WINDOW)));
      remembered.add(now);
      return again || remembered.size() >= STRIKES
          ? brokenOff(now, again ? breaks + 1 : 1)
          : new Conduct(List.copyOf(remembered), 0, until, false);
    }

    private static Conduct brokenOff(Instant now, int times) {
      Duration doubled = FIRST_BREAK.multipliedBy(1L << Math.min(times - 1, 10));
      Duration length = doubled.compareTo(LONGEST_BREAK) < 0 ? doubled : LONGEST_BREAK;
      return new Conduct(List.of(), times, now.plus(length), true);
    }

    boolean isBrokenOff(Instant now) {
      return open && now.isBefore(until);
    }

    Conduct takenBack() {
      return new Conduct(strikes, breaks, until, false);
    }
  }

  /// A worker ended because of the app.
  public void strike(AppId appId) {
    strikes.increment();
    Instant now = clock.instant();
    Conduct after =
        conducts.compute(
            appId, (_, before) -> (before == null ? Conduct.GOOD : before).struckAt(now));
    if (after.open()) {
      listener.brokenOff(appId, after.until());
    }
  }

  /// When the app's calls are taken again, or `null` when they are taken now.
  public @Nullable Instant brokenOffUntil(AppId appId) {
    Conduct conduct = conducts.get(appId);
    if (conduct == null || !conduct.open()) {
      return null;
    }
    if (conduct.isBrokenOff(clock.instant())) {
      return conduct.until();
    }
    if (conducts.replace(appId, conduct, conduct.takenBack())) {
      listener.takenBack(appId);
    }
    return null;
  }

  /// Hears what becomes of apps. Another revision is another app, and one that is gone is
  /// forgotten; one that is served on other terms is still the one that it was.
  public void hear(AppChange change) {
    Revision revision =
        change instanceof AppChange.Deployed(DeployedApp app) ? app.revision() : null;
    Revision before =
        revision == null
            ? revisions.remove(change.appId())
            : revisions.put(change.appId(), revision);
    if (revision == null || !revision.equals(before)) {
      forget(change.appId());
    }
  }

  /// Forgets what the app did.
  private void forget(AppId appId) {
    Conduct before = conducts.remove(appId);
    if (before != null && before.open()) {
      listener.takenBack(appId);
    }
  }

  /// How many apps are broken off now.
  public int brokenOffCount() {
    Instant now = clock.instant();
    return (int) conducts.values().stream().filter(conduct -> conduct.isBrokenOff(now)).count();
  }

  /// How many strikes there were, of all apps together.
  public long strikeCount() {
    return strikes.sum();
  }
}
