package dev.berth.launcher.dev;

import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.admin.AdminListener;
import dev.berth.controlplane.admin.ControlPlane;
import dev.berth.controlplane.admin.ControlPlaneSettings;
import dev.berth.controlplane.admin.Surroundings;
import dev.berth.controlplane.logs.LogQueue;
import dev.berth.controlplane.logs.LogStore;
import dev.berth.controlplane.logs.LoggedInvoker;
import dev.berth.controlplane.logs.UsageStore;
import dev.berth.controlplane.packages.PackageIntake;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.WrongMasterKeyException;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.gateway.listener.SideDoor;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.RequestId;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.settings.MasterKeyFile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Admin API in `berth dev`, on the port of the apps. Programs on this machine need not sign
/// in, as long as nobody elsewhere is meant to come. The gateway listens before there is a
/// database, so it comes later than the port.
public final class DevAdministration {

  private static final Logger LOG = LoggerFactory.getLogger(DevAdministration.class);
  private static final long HOUSE_KEPT_EVERY_MS = Duration.ofHours(1).toMillis();
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final AtomicReference<@Nullable ControlPlane> opened = new AtomicReference<>();
  private final LogQueue logs = new LogQueue();
  private @Nullable AdminListener listener;

  /// One that is opened later.
  public DevAdministration() {}

  /// Writes what an invoker runs into the logs of apps.
  public Invoker logged(Invoker invoker) {
    return new LoggedInvoker(invoker, logs, InstantSource.system());
  }

  /// Writes who signs in, and who tries to, into the logs of apps.
  public RequestMetrics logged(RequestMetrics metrics) {
    return new LoggedSignIns(metrics, logs, InstantSource.system());
  }

  /// Entries of app logs that there was no time to write.
  long droppedLogEntries() {
    return logs.dropped();
  }

  /// Takes a line that a function has printed.
  public void printed(RequestId requestId, String line) {
    logs.printed(requestId, line);
  }

  /// What the gateway hands requests to.
  public SideDoor sideDoor(Vertx vertx) {
    AdminListener started = new AdminListener(vertx, () -> controlPlane().api());
    listener = started;
    return new SideDoor() {
      @Override
      public boolean takes(String path) {
        return opened.get() != null && AdminListener.takes(path);
      }

      @Override
      public void handle(HttpServerRequest request, String clientAddress, String url) {
        started.handle(request, clientAddress, url);
      }
    };
  }

  private ControlPlane controlPlane() {
    ControlPlane now = opened.get();
    if (now == null) {
      throw new IllegalStateException("nothing is administered before there is a database");
    }
    return now;
  }

  /// Writes the logs of apps there, in a process that nobody administers. Blocks.
  public void writeLogs(ControlPlaneDatabase database) {
    InstantSource clock = InstantSource.system();
    logs.writeTo(LogStore.in(database, clock), UsageStore.in(database, clock));
  }

  /// Opens it in the database of the apps. Blocks.
  ///
  /// @param announcement gets each change once it is kept
  public void open(
      Listening listening,
      Consumer<AppChange> announcement,
      AppCatalog catalog,
      Database database,
      DevOptions options,
      DevAccounts accounts,
      DeploymentChecks checks,
      PackageIntake packages,
      Console console)
      throws StartFailure {
    Vault vault = MasterKeyFile.in(options.data(), System.getenv(), console);
    boolean signIn = options.signIn() || !staysOnThisMachine(options);
    ControlPlaneSettings usual = ControlPlaneSettings.standard();
    ControlPlaneSettings settings =
        usual
            .with(options.limits().quota())
            .with(options.door().regions())
            .keepingLogs(options.limits().logsKept(usual.logsKept()));
    var around =
        new Surroundings(
            signIn ? settings : settings.withLocalAccess(),
            checks,
            announcement,
            catalog,
            listening.invoker(),
            accounts::accounts,
            accounts::administration,
            packages,
            options.packages(),
            logs,
            options.limits().identity(),
            InstantSource.system());
    try {
      ControlPlane plane =
          ControlPlane.open(listening.vertx(), database.connectionString(), vault, around);
      if (signIn) {
        welcome(plane, console);
      }
      listening.vertx().setPeriodic(HOUSE_KEPT_EVERY_MS, _ -> keepHouse(listening.vertx(), plane));
      opened.set(plane);
    } catch (WrongMasterKeyException wrong) {
      throw new StartFailure(String.valueOf(wrong.getMessage()));
    }
  }

  /// Whether nobody elsewhere is meant to reach it. A proxy on this machine would pass
  /// strangers on as if they were here.
  private static boolean staysOnThisMachine(DevOptions options) {
    return LOOPBACK.contains(options.host())
        && options.door().publicUrl() == null
        && options.door().regions().isEmpty()
        && options.door().proxies().ranges().isEmpty();
  }

  private static void keepHouse(Vertx vertx, ControlPlane plane) {
    vertx
        .executeBlocking(
            () -> {
              plane.keepHouse();
              return true;
            },
            false)
        .onFailure(failure -> LOG.atError().setCause(failure).log("the house is not kept"));
  }

  /// Makes the first administrator where there is none, and shows the key once.
  private static void welcome(ControlPlane plane, Console console) {
    plane
        .firstAdministrator()
        .ifPresent(
            key ->
                console.say(
                    """
                    The first administrator owns the organization and the project "local".
                    The key is shown only this once:
                      public key   %s
                      private key  %s
                    """
                        .formatted(key.publicKey(), key.privateKey())));
  }

  /// Serves the apps that were deployed before. Blocks.
  public void resume() {
    controlPlane().resume();
  }

  /// Writes what waits and lets the database go.
  public void close() {
    logs.close();
    ControlPlane last = opened.getAndSet(null);
    if (last != null) {
      last.close();
    }
    if (listener != null) {
      listener.close();
    }
  }
}
