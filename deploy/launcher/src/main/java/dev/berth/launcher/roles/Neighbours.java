package dev.berth.launcher.roles;

import dev.berth.invocation.bus.InvocationBus;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.console.StartFailure;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Looks whether everybody who answers where members may be is in the same cluster. A process
/// that was not let in would be alone in a cluster of its own, and nobody would notice.
final class Neighbours {

  private static final int USUAL_PORT = 5701;
  private static final int ANSWER_MS = 500;
  private static final long AGAIN_MS = 250;

  private static final Duration PAUSE = Duration.ofSeconds(20);

  private Neighbours() {}

  /// Somebody answers who is not in the cluster.
  static final class Outside extends Exception {

    private static final long serialVersionUID = 1;

    private Outside(InetSocketAddress address) {
      super(
          "%s answers and does not let this process into the cluster: it has another cluster-name or cluster-secret, is a Berth of another version, or is no Berth"
              .formatted(text(address)));
    }

    StartFailure failure() {
      return new StartFailure(String.valueOf(getMessage()));
    }
  }

  /// Blocks until all who answer are in the cluster.
  ///
  /// @param patience processes that start together need some seconds to find one another
  /// @throws Outside when one stays outside
  static void require(Cluster cluster, Membership membership, Duration patience) throws Outside {
    long until = System.nanoTime() + patience.toNanos();
    List<InetSocketAddress> outside = outside(cluster, membership);
    while (!outside.isEmpty()) {
      if (System.nanoTime() - until > 0) {
        throw new Outside(outside.getFirst());
      }
      pause(cluster.vertx());
      outside = outside(cluster, membership);
    }
  }

  /// Looks whether all in the cluster can be understood.
  ///
  /// @throws StartFailure when one cannot
  static void requireUnderstood(Cluster cluster) throws StartFailure {
    for (Map.Entry<String, Integer> other : cluster.notUnderstood().entrySet()) {
      throw new StartFailure(
          "%s is a Berth that speaks version %d on the bus, and this one speaks %d: only versions that follow each other work together; upgrade by way of the one between, or stop all and start all"
              .formatted(other.getKey(), other.getValue(), InvocationBus.wireVersion()));
    }
  }

  private static List<InetSocketAddress> outside(Cluster cluster, Membership membership) {
    List<InetSocketAddress> outside = new ArrayList<>();
    for (String member : membership.members()) {
      for (InetSocketAddress address : addresses(member)) {
        if (!cluster.contacts().contains(text(address))
            && answers(address)
            // It may have come in while it was asked.
            && !cluster.contacts().contains(text(address))) {
          outside.add(address);
        }
      }
    }
    return outside;
  }

  /// A name may stand for many addresses, or for none yet.
  private static List<InetSocketAddress> addresses(String member) {
    int colon = member.lastIndexOf(':');
    String host = colon < 0 ? member : member.substring(0, colon);
    int port = colon < 0 ? USUAL_PORT : Integer.parseInt(member.substring(colon + 1));
    List<InetSocketAddress> addresses = new ArrayList<>();
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        addresses.add(new InetSocketAddress(address, port));
      }
    } catch (UnknownHostException nobodyYet) {
      return List.of();
    }
    return addresses;
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, ANSWER_MS);
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  private static void pause(Vertx vertx) {
    Blocking.await(vertx.timer(AGAIN_MS, TimeUnit.MILLISECONDS), PAUSE);
  }
}
