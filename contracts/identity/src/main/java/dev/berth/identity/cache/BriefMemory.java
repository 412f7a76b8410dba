package dev.berth.identity.cache;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers for a short time what a credential was found to be, without keeping the credential.
///
/// What is forgotten stays forgotten: an answer that was on its way when its user was forgotten
/// is not remembered, and nobody who asks later gets it. Safe from any thread.
///
/// @param <T> what is remembered of one credential
public final class BriefMemory<T> {

  private final Fingerprints fingerprints = new Fingerprints();
  private final ConcurrentMap<Fingerprint, Entry<T>> entries = new ConcurrentHashMap<>();
  private final Shared<Fingerprint, Answer<T>> underWay;
  private final AtomicLong forgotten = new AtomicLong();
  private final InstantSource clock;
  private final long lifeMillis;
  private final int mostEntries;

  public BriefMemory(Vertx vertx, InstantSource clock, Duration life, int mostEntries) {
    this.underWay = new Shared<>(vertx);
    this.clock = clock;
    this.lifeMillis = life.toMillis();
    this.mostEntries = mostEntries;
  }

  /// An answer with what it takes to remember and to forget it.
  ///
  /// @param userId whose it is; forgetting the user forgets it
  /// @param until when it ends by itself; `null` when only the memory's own life ends it
  public record Kept<T>(T value, AppId appId, String userId, @Nullable Instant until) {}

  private record Entry<T>(Kept<T> kept, long until) {}

  /// The place in memory of the credential that these texts make up.
  public Place at(String... parts) {
    return new Place(fingerprints.of(parts));
  }

  /// The place in memory of one credential. It holds no secret.
  public final class Place {

    private final Fingerprint fingerprint;

    private Place(Fingerprint fingerprint) {
      this.fingerprint = fingerprint;
    }

    /// What is remembered; `null` when nothing is.
    public @Nullable T recall() {
      Entry<T> entry = entries.get(fingerprint);
      if (entry == null) {
        return null;
      }
      if (entry.until <= clock.millis()) {
        entries.remove(fingerprint, entry);
        return null;
      }
      return entry.kept.value();
    }

    /// Finds out, once for all who ask at the same time, and remembers what is granted.
    public Future<Answer<T>> learn(Supplier<Future<Answer<Kept<T>>>> find) {
      return underWay.once(fingerprint, () -> find(find));
    }

    private Future<Answer<T>> find(Supplier<Future<Answer<Kept<T>>>> find) {
      long before = forgotten.get();
      return find.get()
          .map(
              answer ->
                  answer.map(
                      kept -> {
                        keep(fingerprint, kept, before);
                        return kept.value();
                      }));
    }
  }

  private void keep(Fingerprint fingerprint, Kept<T> kept, long before) {
    long now = clock.millis();
    long until = now + lifeMillis;
    if (kept.until() != null) {
      until = Math.min(until, kept.until().toEpochMilli());
    }
    makeRoom(now);
    Entry<T> entry = new Entry<>(kept, until);
    entries.put(fingerprint, entry);
    if (forgotten.get() != before) {
      // Somebody was forgotten meanwhile, perhaps this user.
      entries.remove(fingerprint, entry);
    }
  }

  /// Drops what is over, and when that is not enough, a tenth of the rest.
  private void makeRoom(long now) {
    if (entries.size() < mostEntries) {
      return;
    }
    entries.values().removeIf(entry -> entry.until <= now);
    Iterator<Fingerprint> any = entries.keySet().iterator();
    for (int surplus = entries.size() - mostEntries * 9 / 10; surplus > 0 && any.hasNext(); ) {
      any.next();
      any.remove();
      surplus--;
    }
  }

  /// Forgets everything of a user.
  public void forget(AppId appId, String userId) {
    forgotten.incrementAndGet();
    underWay.forget();
    entries
        .values()
        .removeIf(entry -> entry.kept.userId().equals(userId) && entry.kept.appId().equals(appId));
  }

  int size() {
    return entries.size();
  }
}
