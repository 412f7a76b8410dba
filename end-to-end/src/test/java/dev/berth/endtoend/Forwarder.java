package dev.berth.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Passes bytes on between ports of this machine's loopback and sockets in the file system: these
/// reach from one network namespace to another, whatever becomes of the network between them.
final class Forwarder {

  private Forwarder() {}

  /// Passes on until the process ends.
  ///
  /// @param arguments pairs: where to listen, where to go; each a port or a path
  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (int i = 0; i < arguments.length; i += 2) {
      start(arguments[i], arguments[i + 1]);
    }
    Thread.currentThread().join();
  }

  /// Passes on from a port or a path to another one, on threads of its own.
  static void start(String from, String to) throws IOException {
    ServerSocketChannel server =
        from.contains("/")
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    server.bind(address(from));
    Thread.ofPlatform().daemon().start(() -> accept(server, address(to)));
  }

  private static SocketAddress address(String text) {
    return text.contains("/")
        ? UnixDomainSocketAddress.of(text)
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(text));
  }

  private static void accept(ServerSocketChannel server, SocketAddress to) {
    while (true) {
      try {
        SocketChannel one = server.accept();
        Thread.ofPlatform().daemon().start(() -> join(one, to));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void join(SocketChannel one, SocketAddress to) {
    try (one;
        SocketChannel other = SocketChannel.open(to)) {
      Thread back = Thread.ofPlatform().daemon().start(() -> copy(other, one));
      copy(one, other);
      back.join();
    } catch (IOException e) {
      // Nobody is there: the other side sees its connection end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    try (from;
        to) {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
    } catch (IOException e) {
      // One side has closed, and so the other does.
    }
  }
}
