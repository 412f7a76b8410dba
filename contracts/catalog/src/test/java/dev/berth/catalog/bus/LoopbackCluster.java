package dev.berth.catalog.bus;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Two members of one cluster, as two processes would be, that talk over the loopback
/// interface.
final class LoopbackCluster implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  private final String name;
  private final int firstPort;
  private final Vertx first;
  private final Vertx second;

  private LoopbackCluster(String name, int firstPort, Vertx first, Vertx second) {
    this.name = name;
    this.firstPort = firstPort;
    this.first = first;
    this.second = second;
  }

  static LoopbackCluster form() throws IOException {
    // A name of its own keeps builds that run at the same time on one machine apart.
    String name = "berth-test-" + UUID.randomUUID();
    int port = freePort();
    return new LoopbackCluster(name, port, await(member(name, port)), await(member(name, port)));
  }

  private static Future<Vertx> member(String cluster, int firstPort) {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName(cluster);
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config
        .getNetworkConfig()
        .setPublicAddress(null)
        .setPort(firstPort)
        .setPortAutoIncrement(true)
        .getInterfaces()
        .setEnabled(true)
        .addInterface(LOOPBACK);
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember(LOOPBACK + ":" + firstPort);
    return Vertx.builder()
        .with(
            new VertxOptions()
                .setEventBusOptions(
                    new EventBusOptions().setHost(LOOPBACK).setClusterPublicHost(LOOPBACK)))
        .withClusterManager(new HazelcastClusterManager(config))
        .buildClustered();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Vertx first() {
    return first;
  }

  Vertx second() {
    return second;
  }

  /// One more member, which knows nothing of Berth. Whoever asks for it closes it.
  Vertx stranger() {
    return await(member(name, firstPort));
  }

  @Override
  public void close() {
    await(second.close());
    await(first.close());
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
