package dev.berth.launcher;

import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.region.ServedRegions;
import dev.berth.gateway.door.Door;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.dev.DevOptions;
import dev.berth.launcher.logs.LogFormat;
import dev.berth.launcher.roles.Role;
import dev.berth.launcher.roles.RoleOptions;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.launcher.settings.MailUri;
import dev.berth.launcher.settings.ServerFile;
import dev.berth.launcher.settings.ServerFile.Setting;
import dev.berth.launcher.settings.TraceSettings;
import dev.berth.launcher.workers.WorkerProcessSettings;
import dev.berth.worker.http.OutboundPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes sense of the settings of a server, and tells everything at once that makes none.
final class ServerSettings {

  /// Each call looks at so many.
  private static final int MOST_WORKERS_PER_APP = 100;

  private final ServerFile file;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  ServerSettings(ServerFile file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /// Of a process that is all there is.
  DevOptions alone() throws StartFailure {
    return understoodWhole(server());
  }

  /// Of one process among others.
  ///
  /// @param roles as they were asked for
  RoleOptions inCluster(String roles) throws StartFailure {
    DevOptions server = server();
    Set<Role> wanted = understood(() -> Role.parse(roles));
    Integer adminPort = understood(() -> file.number(Setting.ADMIN_PORT, 65_535));
    Integer mongodbPort = understood(() -> file.number(Setting.MONGODB_PORT, 65_535));
    Integer workersPerApp = understood(this::workersPerApp);
    Duration leaveAfter = understood(() -> file.duration(Setting.LEAVE_AFTER));
    Duration drain = understood(() -> file.duration(Setting.DRAIN));
    Membership membership = understood(() -> ClusterSettings.read(file));
    requireKnownRegion();
    if (wanted != null && server != null) {
      requireWhatRolesNeed(wanted, server);
    }
    if (wanted == null
        || workersPerApp == null
        || leaveAfter == null
        || drain == null
        || membership == null) {
      throw new StartFailure(String.join("\n", problems));
    }
    return new RoleOptions(
        wanted,
        understoodWhole(server),
        membership,
        adminPort == null ? 0 : adminPort,
        mongodbPort == null ? 0 : mongodbPort,
        workersPerApp,
        file.textOrNull(Setting.REGION),
        leaveAfter,
        drain);
  }

  private Integer workersPerApp() {
    Integer number = file.number(Setting.WORKERS_PER_APP, MOST_WORKERS_PER_APP);
    if (number == null || number == 0) {
      throw new IllegalArgumentException(
          "workers-per-app must be a number between 1 and " + MOST_WORKERS_PER_APP);
    }
    return number;
  }

  private void requireKnownRegion() {
    String region = file.textOrNull(Setting.REGION);
    if (region != null && !Regions.isKnown(region)) {
      problems.add(
          "there is no region %s; there are %s"
              .formatted(region, String.join(", ", Regions.names())));
    }
  }

  private void requireWhatRolesNeed(Set<Role> roles, DevOptions server) {
    if (!roles.contains(Role.EMBEDDED_MONGODB) && server.mongodbUri() == null) {
      problems.add(
          "mongodb-uri (MONGODB_URI) is missing: the processes of a cluster share one database");
    }
    if (roles.contains(Role.WORKER) && server.workers() == null) {
      problems.add("workers must be at least 1 in a process with the role worker");
    }
  }

  private DevOptions understoodWhole(@Nullable DevOptions options) throws StartFailure {
    if (!problems.isEmpty() || options == null) {
      throw new StartFailure(String.join("\n", problems));
    }
    return options;
  }

  private @Nullable DevOptions server() {
    Integer port = understood(() -> file.number(Setting.PORT, 65_535));
    Integer workers = understood(() -> file.number(Setting.WORKERS, WorkerProcessSettings.MOST));
    Integer metricsPort = understood(() -> file.number(Setting.METRICS_PORT, 65_535));
    WorkerProcessSettings processes =
        understood(
            () ->
                WorkerOptions.read(
                    workers == null ? 0 : workers,
                    file.textOrNull(Setting.WORKER_HEAP),
                    environment));
    OutboundPolicy outbound = understood(() -> OutboundPolicy.parse(file.text(Setting.OUTBOUND)));
    Door door = understood(this::door);
    LimitSettings limits = understood(() -> LimitSettings.parse(file.list(Setting.LIMITS)));
    var mail = understood(() -> MailUri.read(environment));
    DataSourceSettings sources = understood(() -> file.dataSources());
    TraceSettings traces = understood(this::traces);
    LogFormat format = understood(() -> LogFormat.of(file.text(Setting.LOG_FORMAT)));
    if (outbound == null || door == null || limits == null || sources == null || format == null) {
      return null;
    }
    format.use();
    return new DevOptions(
        List.of(),
        file.text(Setting.HOST),
        port == null ? 0 : port,
        Path.of(file.text(Setting.DATA)),
        Secrets.none(),
        file.textOrNull(Setting.MONGODB_URI),
        processes,
        limits,
        outbound,
        metricsPort,
        environment.get("BERTH_JS"),
        door,
        mail,
        true,
        sources,
        traces);
  }

  private @Nullable TraceSettings traces() {
    Integer percent = file.number(Setting.TRACES_PERCENT, 100);
    return TraceSettings.read(
        file.textOrNull(Setting.OTEL_EXPORTER_OTLP_ENDPOINT),
        percent == null ? 100 : percent,
        environment);
  }

  private Door door() {
    return DoorOptions.read(
            path(Setting.TLS_CERTIFICATE),
            path(Setting.TLS_KEY),
            file.list(Setting.TRUSTED_PROXIES),
            file.list(Setting.ALLOW_FROM),
            file.textOrNull(Setting.PUBLIC_URL))
        .with(ServedRegions.parse(file.list(Setting.REGIONS)));
  }

  private @Nullable Path path(Setting key) {
    String text = file.textOrNull(key);
    return text == null ? null : Path.of(text);
  }

  private <T extends @Nullable Object> @Nullable T understood(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException mistake) {
      problems.add(String.valueOf(mistake.getMessage()));
      return null;
    }
  }
}
