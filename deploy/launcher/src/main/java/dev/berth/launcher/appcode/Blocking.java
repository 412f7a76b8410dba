package dev.berth.launcher.appcode;

import dev.berth.launcher.console.StartFailure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// Waiting, for the few threads that may: the one that starts, the one that stops, the one that
/// follows files.
public final class Blocking {

  private Blocking() {}

  /// The result of a Vert.x future.
  ///
  /// @throws CompletionException with the cause when it failed or took too long
  public static <T> T await(Future<T> future, Duration atMost) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /// Begins work that may fail with a [StartFailure] on another thread.
  public static <T> CompletableFuture<T> begin(String name, Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              try {
                result.complete(work.run());
              } catch (StartFailure | RuntimeException | Error failure) {
                result.completeExceptionally(failure);
              }
            });
    return result;
  }

  /// The result of work that was begun, or what it threw.
  public static <T> T finish(CompletableFuture<T> begun) throws StartFailure {
    try {
      return begun.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof StartFailure mistake) {
        throw mistake;
      }
      throw failure;
    }
  }

  /// A failure and what caused it, the outermost first.
  public static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable next = failure; next != null; next = next.getCause()) {
      causes.add(next);
    }
    return causes;
  }

  /// What is behind a failed wait, in one sentence.
  public static String reason(CompletionException failure) {
    return causes(failure).stream()
        .filter(cause -> !(cause instanceof CompletionException))
        .findFirst()
        .map(cause -> Objects.requireNonNullElse(cause.getMessage(), cause.toString()))
        .orElse("unknown");
  }

  /// Something that takes a while.
  @FunctionalInterface
  public interface Work<T> {
    T run() throws StartFailure;
  }
}
