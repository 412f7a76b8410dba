package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestServiceException;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.bson.BsonBinary;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One connection of app code, which asks for what came piece by piece. What nobody asks for is
/// not taken from the network either.
///
/// Its methods may be called from any thread; all else happens on its event loop.
final class GuestSocket {

  /// How much may wait here before the other side has to.
  private static final int MOST_WAITING = 64 << 10;

  private final Context loop;
  private final NetSocket socket;
  private final OpenSockets.Socket room;

  // Only the event loop touches these.
  private Buffer received = Buffer.buffer();
  private int handedOut;
  private @Nullable Promise<BsonValue> reader;
  private @Nullable GuestServiceException failure;
  private boolean over;
  private boolean writing;
  private boolean securing;

  private GuestSocket(Context loop, NetSocket socket, OpenSockets.Socket room) {
    this.loop = loop;
    this.socket = socket;
    this.room = room;
  }

  /// Takes a connection over, on the event loop on which it came about.
  ///
  /// @param loop that one
  static GuestSocket of(Context loop, NetSocket socket, OpenSockets.Socket room) {
    var made = new GuestSocket(loop, socket, room);
    socket.handler(made::receive);
    socket.exceptionHandler(failure -> made.fail(NetErrors.forGuest(failure)));
    socket.endHandler(_ -> made.end(null));
    socket.closeHandler(_ -> made.closed());
    return made;
  }

  private void receive(Buffer part) {
    if (securing) {
      // It was sent in the clear, and would be taken for something secret.
      fail(NetErrors.failed("EPROTO", "no secure connection came about"));
    } else if (!room.receive(part.length())) {
      fail(NetErrors.failed("ENOBUFS", "too much is received at once"));
    } else {
      received.appendBuffer(part);
      Promise<BsonValue> waiting = reader;
      reader = null;
      if (waiting != null) {
        waiting.complete(handOut());
      } else if (received.length() >= MOST_WAITING) {
        socket.pause();
      }
    }
  }

  private BsonValue handOut() {
    byte[] bytes = received.getBytes();
    received = Buffer.buffer();
    handedOut = bytes.length;
    String text = new String(bytes, StandardCharsets.UTF_8);
    // Most of it is text, which crosses into a context at a fraction of the price of bytes.
    return text.indexOf('\uFFFD') < 0 ? new BsonString(text) : new BsonBinary(bytes);
  }

  private void fail(GuestServiceException problem) {
    end(problem);
    socket.close();
  }

  private void end(@Nullable GuestServiceException problem) {
    if (!over) {
      over = true;
      failure = problem;
    }
    Promise<BsonValue> waiting = reader;
    reader = null;
    if (waiting != null) {
      ended().onComplete(waiting);
    }
  }

  private Future<BsonValue> ended() {
    return failure == null ? Future.succeededFuture(BsonNull.VALUE) : Future.failedFuture(failure);
  }

  private void closed() {
    end(null);
    room.leave();
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(_ -> work.get().onComplete(done));
    return done.future();
  }

  /// What came, as soon as something has, as text where it is some; null when nothing comes any
  /// more.
  Future<BsonValue> read() {
    return onLoop(this::next);
  }

  private Future<BsonValue> next() {
    if (reader != null) {
      return Future.failedFuture(NetErrors.invalid("a connection is read by one at a time"));
    }
    // App code asks for more, so it has what came before.
    room.giveBack(handedOut);
    handedOut = 0;
    if (received.length() > 0) {
      BsonValue part = handOut();
      socket.resume();
      return Future.succeededFuture(part);
    }
    if (over) {
      return ended();
    }
    Promise<BsonValue> waiting = Promise.promise();
    reader = waiting;
    return waiting.future();
  }

  /// Sends; the next piece may follow when this one is on its way.
  Future<Void> write(byte[] part) {
    return onLoop(() -> send(part));
  }

  private Future<Void> send(byte[] part) {
    if (writing) {
      return Future.failedFuture(NetErrors.invalid("a connection is written by one at a time"));
    }
    if (over && failure != null) {
      return Future.failedFuture(failure);
    }
    writing = true;
    return socket.write(Buffer.buffer(part)).onComplete(_ -> writing = false);
  }

  /// Tells the other side that nothing more is sent. What it sends may still come, but not on a
  /// secure connection, which is closed.
  Future<Void> end() {
    return onLoop(this::endWriting);
  }

  private Future<Void> endWriting() {
    if (!socket.isSsl()
        && ((NetSocketInternal) socket).channelHandlerContext().channel()
            instanceof DuplexChannel channel) {
      Promise<Void> done = Promise.promise();
      channel.shutdownOutput().addListener(_ -> done.complete());
      return done.future();
    }
    return socket.close();
  }

  void close() {
    socket.close();
  }

  /// Makes the connection secure. What came in the clear and was not read makes that fail.
  ///
  /// @param serverName whom to ask for, or `null`
  Future<NetSocket> secure(ClientSSLOptions options, @Nullable String serverName) {
    return onLoop(() -> upgrade(options, serverName));
  }

  private Future<NetSocket> upgrade(ClientSSLOptions options, @Nullable String serverName) {
    if (securing || over || received.length() > 0 || socket.isSsl()) {
      return Future.failedFuture(
          NetErrors.invalid("the connection cannot be made secure any more"));
    }
    securing = true;
    return socket
        .upgradeToSsl(options, serverName)
        .map(_ -> socket)
        .onComplete(_ -> securing = false);
  }
}
