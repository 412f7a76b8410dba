package dev.berth.launcher.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import dev.berth.invocation.bus.InvocationBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Processes that share an event bus.
public final class Cluster {

  private static final int MORE_PORTS = 100;

  /// With these, two processes may end at once and nothing that the others know is lost.
  private static final int COPIES = 2;

  private static final String WORKER = "berth.worker";
  private static final String WIRE = "berth.wire";

  /// Whose processes did not say yet which version they have.
  private static final String UNSAID = "3";

  private final Vertx vertx;
  private final Membership joined;
  private final HazelcastClusterManager members;

  private Cluster(Vertx vertx, Membership joined, HazelcastClusterManager members) {
    this.vertx = vertx;
    this.joined = joined;
    this.members = members;
  }

  /// Starts a cluster on this machine alone, with this process alone in it. Takes some seconds.
  public static Future<Cluster> begin() {
    byte[] chance = new byte[16];
    new SecureRandom().nextBytes(chance);
    return join(Membership.ofMachine("berth-" + HexFormat.of().formatHex(chance)), null);
  }

  /// Joins a cluster, or starts it when nobody is there yet. Takes some seconds.
  ///
  /// @param worker the name of the worker that this process is; `null` when it is none
  public static Future<Cluster> join(Membership membership, @Nullable String worker) {
    return join(membership, worker, InvocationBus.wireVersion());
  }

  /// @param wireVersion what it says that it speaks
  static Future<Cluster> join(Membership membership, @Nullable String worker, int wireVersion) {
    // Hazelcast logs before it has read a configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    HazelcastClusterManager manager =
        new HazelcastClusterManager(configuration(membership, worker, wireVersion));
    return Vertx.builder()
        .with(options().setEventBusOptions(bus(membership)))
        .withClusterManager(manager)
        .buildClustered()
        .map(vertx -> new Cluster(vertx, membership, manager));
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

  private static EventBusOptions bus(Membership membership) {
    EventBusOptions options = new EventBusOptions().setHost(membership.host()).setPort(0);
    Membership.BusCertificate certificate = membership.certificate();
    if (certificate != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addCertPath(certificate.chain().toString())
                  .addKeyPath(certificate.key().toString()))
          .setTrustOptions(new PemTrustOptions().addCertPath(certificate.authority().toString()))
          .setClientAuth(ClientAuth.REQUIRED);
    }
    return options;
  }

  private static Config configuration(
      Membership membership, @Nullable String worker, int wireVersion) {
    Config config = ConfigUtil.loadConfig();
    config.setClusterName(membership.name());
    config.setLiteMember(!membership.holdsData());
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    // Who is there answers at once: there is nothing to wait for.
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    noticeAnEndSoon(config);
    // Two halves that could not see each other come together again by themselves.
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "30");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "30");
    config.getMultiMapConfig("__vertx.subs").setBackupCount(COPIES);
    config.getMapConfig("__vertx.nodeInfo").setBackupCount(COPIES);
    // What comes over the network becomes no object but those that Vert.x and Hazelcast send.
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig())
        .getJavaSerializationFilterConfig()
        .getWhitelist()
        .addPrefixes("io.vertx.spi.cluster.hazelcast.");
    config.getMemberAttributeConfig().setAttribute(WIRE, Integer.toString(wireVersion));
    if (worker != null) {
      config.getMemberAttributeConfig().setAttribute(WORKER, worker);
    }
    config
        .getNetworkConfig()
        .setPort(membership.port())
        .setPortCount(membership.portIsFirst() ? MORE_PORTS : 1)
        .setPortAutoIncrement(membership.portIsFirst());
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(membership.host());
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    membership.members().forEach(join.getTcpIpConfig()::addMember);
    return config;
  }

  /// While a process that is gone is not known to be, who asks it for its share of what the
  /// cluster knows waits, and nothing can be posted to anybody new. What is usual is minutes.
  private static void noticeAnEndSoon(Config config) {
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "15");
    config.setProperty("hazelcast.mastership.claim.timeout.seconds", "15");
    config.setProperty("hazelcast.operation.call.timeout.millis", "10000");
    config.setProperty("hazelcast.connection.monitor.max.faults", "1");
    config.setProperty("hazelcast.max.join.seconds", "60");
    // A share that nobody takes over in that time has copies.
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "15");
  }

  /// The Vert.x instance whose event bus the processes share.
  public Vertx vertx() {
    return vertx;
  }

  /// `host:port` where this process takes part in the membership.
  public String contact() {
    return contact(members.getHazelcastInstance().getCluster().getLocalMember());
  }

  /// The same of all processes that are in the cluster now.
  public Set<String> contacts() {
    return members.getHazelcastInstance().getCluster().getMembers().stream()
        .map(Cluster::contact)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The versions of processes in the cluster that this one does not work together with, by where
  /// they take part.
  public Map<String, Integer> notUnderstood() {
    Map<String, Integer> others = new TreeMap<>();
    for (Member member : members.getHazelcastInstance().getCluster().getMembers()) {
      String said = member.getAttribute(WIRE);
      int version = Integer.parseInt(said == null ? UNSAID : said);
      if (!InvocationBus.understands(version)) {
        others.put(contact(member), version);
      }
    }
    return others;
  }

  private static String contact(Member member) {
    Address address = member.getAddress();
    return address.getHost() + ":" + address.getPort();
  }

  /// How a worker that this process starts joins the same cluster.
  public Membership ofChildren() {
    return joined.ofChild(contact(), joined.portIsFirst() ? joined.port() : joined.port() + 100);
  }

  /// Calls the listener, on a thread of the cluster, with each worker whose process is not in
  /// the cluster any more.
  public void onWorkerGone(Consumer<String> listener) {
    var _ =
        members
            .getHazelcastInstance()
            .getCluster()
            .addMembershipListener(
                new MembershipListener() {
                  @Override
                  public void memberAdded(MembershipEvent event) {
                    // It says itself when it serves.
                  }

                  @Override
                  public void memberRemoved(MembershipEvent event) {
                    String worker = event.getMember().getAttribute(WORKER);
                    if (worker != null) {
                      listener.accept(worker);
                    }
                  }
                });
  }
}
