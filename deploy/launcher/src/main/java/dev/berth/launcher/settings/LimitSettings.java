package dev.berth.launcher.settings;

import dev.berth.controlplane.tenant.Quota;
import dev.berth.gateway.GatewaySettings;
import dev.berth.identity.IdentitySettings;
import dev.berth.jsruntime.ExecutionLimits;
import dev.berth.worker.WorkerSettings;
import dev.berth.worker.http.HttpLimits;
import dev.berth.worker.mongodb.MongoLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The limits an operator set; all others are at their default.
///
/// @param chosen in ms, bytes or as a plain number
public record LimitSettings(Map<LimitName, Long> chosen) {

  public LimitSettings {
    chosen = Map.copyOf(chosen);
  }

  /// Every limit at its default.
  public static LimitSettings standard() {
    return new LimitSettings(Map.of());
  }

  /// Reads `name=value` pairs.
  ///
  /// @throws IllegalArgumentException with one message for all that is wrong
  public static LimitSettings parse(List<String> pairs) {
    Map<LimitName, Long> chosen = new EnumMap<>(LimitName.class);
    List<String> problems = new ArrayList<>();
    for (String pair : pairs) {
      try {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("\"%s\" is not NAME=VALUE".formatted(pair));
        }
        LimitName name = LimitName.of(pair.substring(0, equals));
        if (chosen.put(name, name.parse(pair.substring(equals + 1))) != null) {
          throw new IllegalArgumentException(name.key() + " is given twice");
        }
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new LimitSettings(chosen);
  }

  /// Reads what [#text] wrote.
  public static LimitSettings ofText(String text) {
    return parse(text.isEmpty() ? List.of() : List.of(text.split(",")));
  }

  /// In one line, for another process.
  public String text() {
    return chosen.entrySet().stream()
        .map(entry -> entry.getKey().text(entry.getValue()))
        .sorted()
        .collect(Collectors.joining(","));
  }

  /// What a gateway grants.
  public GatewaySettings gateway(String host, int port, Duration drainTimeout) {
    GatewaySettings usual = GatewaySettings.on(host, port);
    return new GatewaySettings(
        host,
        port,
        or(LimitName.REQUEST_SIZE, usual.maxRequestBytes()),
        Duration.ofMillis(or(LimitName.TIME, usual.timeLimit().toMillis())),
        usual.uploadIdleTimeout(),
        drainTimeout,
        new dev.berth.gateway.route.Quota(
            or(LimitName.REQUESTS_PER_SECOND, usual.quota().requestsPerSecond()),
            or(LimitName.REQUESTS_PER_APP, usual.quota().concurrentRequests())),
        usual.door());
  }

  /// What organizations and apps may use of the control plane; the gateway knows the rest.
  public Quota quota() {
    Long apps = chosen.get(LimitName.APPS_PER_ORGANIZATION);
    return new Quota(
        apps == null ? null : Math.toIntExact(apps), null, null, chosen.get(LimitName.STORED_CODE));
  }

  /// How long entries of the logs of apps are kept; `usual` when nobody chose.
  public Duration logsKept(Duration usual) {
    return Duration.ofMillis(or(LimitName.LOG_RETENTION, usual.toMillis()));
  }

  /// How many apps have a label of their own in metrics.
  public int labelledApps() {
    return Math.toIntExact(or(LimitName.LABELLED_APPS, 200));
  }

  /// How many tenants have one.
  public int labelledTenants() {
    return Math.toIntExact(or(LimitName.LABELLED_TENANTS, 100));
  }

  /// How long tokens of users live.
  public IdentitySettings identity() {
    IdentitySettings usual = IdentitySettings.defaults();
    return usual
        .withAccessTokenLife(
            Duration.ofMillis(or(LimitName.ACCESS_TOKEN, usual.accessTokenLife().toMillis())))
        .withRefreshTokenLife(
            Duration.ofMillis(or(LimitName.REFRESH_TOKEN, usual.refreshTokenLife().toMillis())));
  }

  /// What a worker grants on a machine with that many cores.
  public WorkerSettings worker(int cores) {
    WorkerSettings usual = WorkerSettings.forCores(cores);
    return new WorkerSettings(
        usual.guestThreads(),
        or(LimitName.THREADS_PER_APP, usual.guestThreadsPerApp()),
        or(LimitName.INVOCATIONS_PER_APP, usual.invocationsPerApp()),
        or(LimitName.WAITING_PER_APP, usual.waitingPerApp()),
        or(LimitName.IDLE_CONTEXTS, usual.idleContexts()),
        execution(usual.limits()));
  }

  /// What the data of functions and clients is granted.
  public MongoLimits mongodb() {
    MongoLimits usual = MongoLimits.STANDARD;
    return usual.withOperationsPerApp(
        or(LimitName.DATABASE_OPERATIONS_PER_APP, usual.operationsPerApp()));
  }

  /// What the HTTP client of functions grants.
  public HttpLimits http() {
    HttpLimits usual = HttpLimits.standard();
    return usual.with(
        or(LimitName.SOCKETS, usual.sockets()),
        or(LimitName.HTTP_RESPONSE_SIZE, usual.responseBytes()));
  }

  private ExecutionLimits execution(ExecutionLimits usual) {
    return new ExecutionLimits(
        Duration.ofMillis(or(LimitName.CPU_TIME, usual.cpuTime().toMillis())),
        or(LimitName.MEMORY, usual.allocatedBytes()),
        or(LimitName.ASYNC_OPERATIONS, usual.asyncOperations()),
        or(LimitName.RESPONSE_SIZE, usual.responseCharacters()),
        or(LimitName.LOG_LINES, usual.logLines()),
        or(LimitName.LOG_LINE_LENGTH, usual.logLineBytes()));
  }

  private long or(LimitName name, long usual) {
    Long value = chosen.get(name);
    return value == null ? usual : value;
  }

  private int or(LimitName name, int usual) {
    return Math.toIntExact(or(name, (long) usual));
  }
}
