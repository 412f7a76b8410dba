package dev.berth.launcher.dev;

import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.packages.PackageStore;
import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.door.Door;
import dev.berth.identity.mail.MailSettings;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.launcher.settings.TraceSettings;
import dev.berth.launcher.workers.WorkerProcessSettings;
import dev.berth.worker.http.OutboundPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the developer asked for.
///
/// @param folders of apps, as written on the command line
/// @param host to listen on
/// @param port to listen on; 0 takes any free one
/// @param data folder of the embedded database and of the apps' packages
/// @param secrets of every app
/// @param mongodbUri the database to use instead of the embedded one; may hold a password
/// @param workers processes for app code; `null` runs it in this one
/// @param limits of what apps may use
/// @param outbound where functions may send requests
/// @param metricsPort where Prometheus reads; 0 takes any free one, `null` for nowhere
/// @param javaScript what `BERTH_JS` says about how JavaScript runs
/// @param door how the gateway meets those who come
/// @param mail the server that sends mail to users; `null` prints the links in it
/// @param signIn whether administrators must, wherever they are; then there need be no folders
/// @param dataSources where the data of the apps is
/// @param traces where traces go; `null` for nowhere
public record DevOptions(
    List<Path> folders,
    String host,
    int port,
    Path data,
    Secrets secrets,
    @Nullable String mongodbUri,
    @Nullable WorkerProcessSettings workers,
    LimitSettings limits,
    OutboundPolicy outbound,
    @Nullable Integer metricsPort,
    @Nullable String javaScript,
    Door door,
    @Nullable MailSettings mail,
    boolean signIn,
    DataSourceSettings dataSources,
    @Nullable TraceSettings traces) {

  public DevOptions {
    folders = List.copyOf(folders);
    if (folders.isEmpty() && !signIn) {
      throw new IllegalArgumentException("at least one folder");
    }
  }

  /// Those of a developer, whose programs on this machine need not sign in.
  public DevOptions(
      List<Path> folders,
      String host,
      int port,
      Path data,
      Secrets secrets,
      @Nullable String mongodbUri,
      @Nullable WorkerProcessSettings workers,
      LimitSettings limits,
      OutboundPolicy outbound,
      @Nullable Integer metricsPort,
      @Nullable String javaScript,
      Door door,
      @Nullable MailSettings mail) {
    this(
        folders,
        host,
        port,
        data,
        secrets,
        mongodbUri,
        workers,
        limits,
        outbound,
        metricsPort,
        javaScript,
        door,
        mail,
        false,
        DataSourceSettings.allOwn(),
        null);
  }

  /// The same with traces that go somewhere.
  public DevOptions with(@Nullable TraceSettings chosen) {
    return new DevOptions(
        folders,
        host,
        port,
        data,
        secrets,
        mongodbUri,
        workers,
        limits,
        outbound,
        metricsPort,
        javaScript,
        door,
        mail,
        signIn,
        dataSources,
        chosen);
  }

  /// What the gateway gets.
  GatewaySettings gateway(Duration drainTimeout) {
    return limits.gateway(host, port, drainTimeout).with(door);
  }

  /// Where the packages of apps are kept.
  PackageStore packages() {
    return PackageStore.in(data.resolve("packages"));
  }

  /// How many processes of its own app code gets.
  int workerCount() {
    return workers == null ? 0 : workers.count();
  }

  @Override
  public String toString() {
    return "DevOptions[folders=%s, host=%s, port=%d, data=%s, workers=%s]"
        .formatted(folders, host, port, data, workers);
  }
}
