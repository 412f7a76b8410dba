package dev.berth.launcher.roles;

import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.console.StartFailure;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a process comes into a cluster whose other processes may be starting too. One that listens
/// already and lets nobody in yet is as good as a stranger: an attempt fails because of it, or
/// ends in a cluster without it. Then this process tries again.
///
/// An attempt that has begun is brought to its end.
///
/// @param outside how long somebody may stay outside of the cluster that this process is in,
///     before it leaves that and tries again
/// @param strangers how long it tries while somebody stays outside
/// @param longest how long it tries when attempts fail; one takes a minute when who listens says
///     nothing at all
/// @param again runs before each further attempt
record Joining(Duration outside, Duration strangers, Duration longest, Runnable again) {

  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

  /// Processes that start together let one another in one by one.
  private static final Duration ATTEMPT = Duration.ofMinutes(2);

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /// As every process joins.
  static Joining usual() {
    return new Joining(
        Duration.ofSeconds(20),
        Duration.ofSeconds(50),
        Duration.ofSeconds(150),
        () ->
            LOG.atWarn()
                .log("somebody who listens is not in the cluster; this process joins again"));
  }

  /// Joins, or begins the cluster when nobody is there. Blocks.
  ///
  /// @throws StartFailure when it cannot, or whoever answers stays outside
  Cluster into(Membership membership) throws StartFailure {
    long begun = System.nanoTime();
    while (true) {
      try {
        return attempt(membership);
      } catch (Neighbours.Outside stranger) {
        if (System.nanoTime() - begun >= strangers.toNanos()) {
          throw stranger.failure();
        }
      } catch (CompletionException failure) {
        if (System.nanoTime() - begun >= longest.toNanos() || isForGood(failure)) {
          throw new StartFailure(
              "cannot take part in the cluster at %s:%d (cluster-host, cluster-port): %s"
                  .formatted(membership.host(), membership.port(), Blocking.reason(failure)));
        }
      }
      again.run();
    }
  }

  private Cluster attempt(Membership membership) throws Neighbours.Outside {
    Cluster cluster = Blocking.await(Cluster.join(membership, null), ATTEMPT);
    try {
      Neighbours.require(cluster, membership, outside);
      return cluster;
    } catch (Neighbours.Outside stranger) {
      Blocking.await(cluster.vertx().close(), PATIENCE);
      throw stranger;
    }
  }

  /// Nobody leaves a port that another program has.
  private static boolean isForGood(CompletionException failure) {
    return Blocking.causes(failure).stream()
        .anyMatch(
            cause ->
                cause instanceof BindException
                    || String.valueOf(cause.getMessage()).contains("already in use"));
  }
}
