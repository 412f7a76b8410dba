package dev.berth.launcher.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Processes of one machine that share an event bus. They listen on loopback only.
public final class Cluster {

  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final Membership membership;

  private Cluster(Vertx vertx, Membership membership) {
    this.vertx = vertx;
    this.membership = membership;
  }

  /// How to join.
  ///
  /// @param name only who knows it can join; made of chance
  /// @param contact `host:port` of a process that is in the cluster
  public record Membership(String name, String contact) {

    @Override
    public String toString() {
      return "Membership[contact=" + contact + "]";
    }
  }

  /// Starts a cluster with this process alone in it. Takes some seconds.
  public static Future<Cluster> begin() {
    byte[] chance = new byte[16];
    new SecureRandom().nextBytes(chance);
    return start("berth-" + HexFormat.of().formatHex(chance), null);
  }

  /// Joins a cluster. Takes some seconds.
  public static Future<Cluster> join(Membership membership) {
    return start(membership.name(), membership.contact());
  }

  /// A Vert.x instance for a process that is alone.
  public static Vertx alone() {
    return Vertx.vertx(options());
  }

  /// No files of ours are served from the class path, so Vert.x needs no folder to unpack them
  /// to.
  private static VertxOptions options() {
    return new VertxOptions()
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  private static Future<Cluster> start(String name, @Nullable String contact) {
    // Hazelcast logs before it has read a configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    HazelcastClusterManager manager = new HazelcastClusterManager(configuration(name, contact));
    VertxOptions options =
        options().setEventBusOptions(new EventBusOptions().setHost(LOOPBACK).setPort(0));
    return Vertx.builder()
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .map(
            vertx -> {
              Address own =
                  manager.getHazelcastInstance().getCluster().getLocalMember().getAddress();
              return new Cluster(vertx, new Membership(name, own.getHost() + ":" + own.getPort()));
            });
  }

  private static Config configuration(String name, @Nullable String contact) {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName(name);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    // Nobody else is on this port at first: there is nothing to wait for.
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.getNetworkConfig().setPort(5701).setPortCount(1000).setPortAutoIncrement(true);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(LOOPBACK);
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    if (contact != null) {
      join.getTcpIpConfig().addMember(contact);
    }
    return config;
  }

  /// The Vert.x instance whose event bus the processes share.
  public Vertx vertx() {
    return vertx;
  }

  /// How another process joins this one.
  public Membership membership() {
    return membership;
  }
}
