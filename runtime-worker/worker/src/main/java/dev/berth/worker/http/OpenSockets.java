package dev.berth.worker.http;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Limit;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The requests that one invocation has under way, each with one socket open at most, and the
/// connections that it keeps. Safe from any thread.
final class OpenSockets {

  private final AppId appId;
  private final int limit;
  private final AppBudget budget;
  private final AppBudget connecting;

  // Guarded by this.
  private final Set<Socket> open = new HashSet<>();
  private final Map<Integer, GuestSocket> kept = new HashMap<>();
  private int lastId;
  private long delivered;
  private boolean ended;

  /// @param budget in bytes
  /// @param connecting in connections that are being made
  OpenSockets(AppId appId, int limit, AppBudget budget, AppBudget connecting) {
    this.appId = appId;
    this.limit = limit;
    this.budget = budget;
    this.connecting = connecting;
  }

  /// Makes room for a request.
  ///
  /// @throws PassedLimitException when there is none
  synchronized Socket open() {
    // App code asks for more, so it has what came before.
    budget.giveBack(appId, delivered);
    delivered = 0;
    if (ended) {
      throw gone();
    }
    if (open.size() == limit) {
      throw new PassedLimitException(
          Limit.SOCKETS, "exceeded max number of open sockets of " + limit);
    }
    Socket socket = new Socket();
    open.add(socket);
    return socket;
  }

  /// Keeps a connection under a number that means something in this invocation only.
  synchronized int keep(GuestSocket connection) {
    lastId++;
    kept.put(lastId, connection);
    return lastId;
  }

  synchronized @Nullable GuestSocket kept(int id) {
    return kept.get(id);
  }

  synchronized void forget(int id) {
    kept.remove(id);
  }

  /// The invocation is over: what is open is closed, and nothing opens any more.
  void end() {
    Set<Socket> left;
    synchronized (this) {
      ended = true;
      left = Set.copyOf(open);
      open.clear();
      kept.clear();
      budget.giveBack(appId, delivered);
      delivered = 0;
    }
    left.forEach(Socket::drop);
  }

  private static GuestServiceException gone() {
    return new GuestServiceException("HTTPError", "http request: the invocation has ended", null);
  }

  /// The room of one request or connection: what it has open and what it holds.
  final class Socket {

    // Guarded by the invocation's.
    private @Nullable Runnable closing;
    private long held;

    private Socket() {}

    /// Tries to connect, unless the invocation has ended meanwhile.
    <T> Future<T> connecting(Supplier<Future<T>> attempt) {
      synchronized (OpenSockets.this) {
        if (ended) {
          return Future.failedFuture(gone());
        }
      }
      if (!connecting.take(appId, 1)) {
        return Future.failedFuture(
            new GuestServiceException(
                "HTTPError",
                "http request: too many connections of this app are being made",
                null));
      }
      return attempt.get().onComplete(_ -> connecting.giveBack(appId, 1));
    }

    /// This is its connection from now on; the one before is closed already.
    ///
    /// @param close closes the connection, from any thread, and more than once
    /// @throws GuestServiceException when the invocation has ended; the connection is closed then
    void connected(Runnable close) {
      synchronized (OpenSockets.this) {
        if (!ended) {
          closing = close;
          return;
        }
      }
      close.run();
      throw gone();
    }

    /// Takes room for bytes that came, or refuses.
    boolean receive(long bytes) {
      if (!budget.take(appId, bytes)) {
        return false;
      }
      synchronized (OpenSockets.this) {
        held += bytes;
      }
      return true;
    }

    /// Some of what came is needed no more. Nothing is given back twice: a connection that was
    /// closed has given back all of it.
    void giveBack(long bytes) {
      long due;
      synchronized (OpenSockets.this) {
        due = Math.min(bytes, held);
        held -= due;
      }
      budget.giveBack(appId, due);
    }

    /// What came is needed no more.
    void forget() {
      long bytes;
      synchronized (OpenSockets.this) {
        bytes = held;
        held = 0;
      }
      budget.giveBack(appId, bytes);
    }

    /// The connection is closed, and app code has what it asked for.
    void leave() {
      close(false);
    }

    /// The request is over.
    ///
    /// @param wasDelivered whether app code gets what came
    void close(boolean wasDelivered) {
      synchronized (OpenSockets.this) {
        open.remove(this);
        if (wasDelivered && !ended) {
          delivered += held;
          held = 0;
        }
      }
      forget();
    }

    private void drop() {
      Runnable left;
      synchronized (OpenSockets.this) {
        left = closing;
      }
      if (left != null) {
        left.run();
      }
    }
  }
}
