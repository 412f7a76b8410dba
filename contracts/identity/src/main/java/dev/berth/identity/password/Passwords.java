package dev.berth.identity.password;

import dev.berth.identity.IdentitySettings;
import dev.berth.identity.Ids;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// Hashes and checks passwords on a few threads of its own, because each takes tens of
/// milliseconds and tens of megabytes.
///
/// Futures come back on the context of the caller. They fail with [BusyException] when too many
/// wait already.
public final class Passwords {

  /// As long as passwords may be; also what bounds the work of checking one.
  public static final int MOST_CHARACTERS = 128;

  public static final int FEWEST_CHARACTERS = 6;

  private static final int SALT_BYTES = 16;
  private static final int MOST_WAITING = 200;

  private final WorkerExecutor threads;
  private final int memoryKib;
  private final int passes;
  private final String nobody;
  private final AtomicInteger waiting = new AtomicInteger();

  private Passwords(WorkerExecutor threads, int memoryKib, int passes, String nobody) {
    this.threads = threads;
    this.memoryKib = memoryKib;
    this.passes = passes;
    this.nobody = nobody;
  }

  /// Makes the threads, and one hash for whoever does not exist.
  public static Future<Passwords> open(Vertx vertx, IdentitySettings settings) {
    int memoryKib = settings.hashMemoryKib();
    int passes = settings.hashPasses();
    WorkerExecutor threads =
        vertx.createSharedWorkerExecutor("berth-passwords", settings.hashThreads());
    return threads
        .executeBlocking(
            () -> PasswordHash.make(Ids.secret(32), Ids.randomBytes(SALT_BYTES), memoryKib, passes))
        .map(nobody -> new Passwords(threads, memoryKib, passes, nobody));
  }

  /// Whether a user may have this password.
  public static boolean isAllowed(String password) {
    int length = password.codePointCount(0, password.length());
    return length >= FEWEST_CHARACTERS && length <= MOST_CHARACTERS;
  }

  /// The hash of a new password, with a salt of its own.
  public Future<String> hash(String password) {
    return run(() -> PasswordHash.make(password, Ids.randomBytes(SALT_BYTES), memoryKib, passes));
  }

  /// Whether the hash is of that password.
  public Future<Boolean> matches(String password, String hash) {
    return run(
        () -> {
          boolean matches = PasswordHash.matches(bounded(password), hash);
          return matches && isAllowed(password);
        });
  }

  /// False, after the same work as a check, so that nobody can tell from the time whether there
  /// is such a user.
  public Future<Boolean> matchesNobody(String password) {
    return matches(password, nobody).map(false);
  }

  private static String bounded(String password) {
    return password.length() <= 2 * MOST_CHARACTERS
        ? password
        : password.substring(0, 2 * MOST_CHARACTERS);
  }

  private <T> Future<T> run(Callable<T> work) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(new BusyException());
    }
    return threads
        .executeBlocking(work, false)
        .map(result -> Objects.requireNonNull(result))
        .onComplete(_ -> waiting.decrementAndGet());
  }

  /// Lets the threads go.
  public Future<Void> close() {
    return threads.close();
  }
}
