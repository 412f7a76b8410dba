package dev.berth.controlplane.packages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What npm could not install lately. The same is not tried again at each save of a file, but
/// later and later; another `package.json` is something else, and tried at once. Safe from any
/// thread.
final class FailedInstallations {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /// One for each manifest that somebody is working on.
  private static final int MOST = 100;

  private final InstantSource clock;

  // Guarded by this; the oldest first.
  private final Map<String, Failure> failures = new LinkedHashMap<>();

  FailedInstallations(InstantSource clock) {
    this.clock = clock;
  }

  private record Failure(String message, Duration pause, Instant again) {}

  /// Fails as before while it is too early to try again.
  void check(String fingerprint) throws FailedInstallationException {
    Failure failure = find(fingerprint);
    if (failure != null && clock.instant().isBefore(failure.again())) {
      throw new FailedInstallationException(failure.message());
    }
  }

  /// Takes note of a failure.
  synchronized void add(String fingerprint, FailedInstallationException failed) {
    Failure before = failures.remove(fingerprint);
    Duration pause = before == null ? FIRST_WAIT : before.pause().multipliedBy(2);
    Duration bounded = pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause;
    String message = String.valueOf(failed.getMessage());
    failures.put(fingerprint, new Failure(message, bounded, clock.instant().plus(bounded)));
    if (failures.size() > MOST) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  /// It was installed.
  synchronized void remove(String fingerprint) {
    failures.remove(fingerprint);
  }

  private synchronized @Nullable Failure find(String fingerprint) {
    return failures.get(fingerprint);
  }
}
