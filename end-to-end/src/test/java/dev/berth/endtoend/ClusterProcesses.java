package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of a cluster on loopback, each by its name: `database`, `control-plane`,
/// `gateway-1` and so on. One that was stopped is started again on the same ports.
final class ClusterProcesses implements AutoCloseable {

  private static final String MASTER_KEY = "c29tZSBrZXkgdGhhdCBpcyBmb3IgdGhpcyB0ZXN0IG8=";
  private static final String APPS = "/api/admin/v3.0/groups/626572746870726f6a656374/apps";
  private static final Pattern PUBLIC_KEY = Pattern.compile("public key +(\\S+)");
  private static final Pattern PRIVATE_KEY = Pattern.compile("private key +(\\S+)");

  /// Many JVMs start at once, and others may use the machine.
  private static final Duration START = Duration.ofMinutes(3);

  private final Path folder;
  private final Map<String, BerthProcess> running = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> settings = new HashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private final int databasePort = freePort();
  private final Map<String, Integer> clusterPorts =
      Stream.of("control-plane", "worker-1", "worker-2", "worker-3", "gateway-1", "gateway-2")
          .collect(Collectors.toMap(name -> name, _ -> freePort()));
  private String token = "";

  ClusterProcesses(Path folder) {
    this.folder = folder;
  }

  /// Starts two gateways and two workers, and what they need.
  void form() {
    start("database");
    awaitReady("database");
    start("control-plane");
    awaitReady("control-plane");
    for (String kind : List.of("worker-", "gateway-")) {
      start(kind + 1);
      start(kind + 2);
      awaitReady(kind + 1);
      awaitReady(kind + 2);
    }
    signIn();
  }

  /// Starts a process and does not wait for it.
  void start(String name) {
    String role = name.equals("database") ? "embedded-mongodb" : name.replaceFirst("-\\d+$", "");
    Map<String, String> own = settings.computeIfAbsent(name, this::newSettings);
    running.put(name, BerthProcess.run(folder, own, "start", "--role", role));
  }

  void awaitReady(String name) {
    running(name).awaitLine(line -> line.startsWith("Ready as "), START);
  }

  BerthProcess running(String name) {
    BerthProcess process = running.get(name);
    if (process == null) {
      throw new AssertionError(name + " does not run");
    }
    return process;
  }

  private Map<String, String> newSettings(String name) {
    int port = freePort();
    ports.put(name, port);
    Map<String, String> own = new HashMap<>();
    own.put("BERTH_JS", "interpreted");
    own.put("BERTH_MASTER_KEY", MASTER_KEY);
    own.put("BERTH_DATA", folder.resolve("data").toString());
    own.put("BERTH_MONGODB_PORT", Integer.toString(databasePort));
    if (!name.equals("database")) {
      own.put("MONGODB_URI", "mongodb://127.0.0.1:" + databasePort);
    }
    own.put("BERTH_CLUSTER_NAME", "tested");
    own.put("BERTH_CLUSTER_PORT", Integer.toString(clusterPorts.getOrDefault(name, 1)));
    own.put(
        "BERTH_CLUSTER_MEMBERS",
        clusterPorts.values().stream()
            .map(each -> "127.0.0.1:" + each)
            .collect(Collectors.joining(",")));
    own.put("BERTH_PORT", Integer.toString(port));
    own.put("BERTH_ADMIN_PORT", Integer.toString(port));
    own.put("BERTH_WORKERS", "1");
    own.put("BERTH_LEAVE_AFTER", "1s");
    return own;
  }

  /// The settings of a process, and others with them.
  Map<String, String> settingsWith(String name, String... more) {
    Map<String, String> all = new HashMap<>(settings.getOrDefault(name, Map.of()));
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  Path folder() {
    return folder;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends a process without any warning.
  void kill(String name) {
    running(name).kill();
    running.remove(name);
  }

  /// Asks a process to stop, and waits until it has.
  void stop(String name) {
    running(name).terminate();
    running.remove(name);
  }

  void restart(String name) {
    stop(name);
    start(name);
    awaitReady(name);
  }

  URI url(String name, String path) {
    return URI.create("http://127.0.0.1:" + ports.get(name) + path);
  }

  private void signIn() {
    String output = running("control-plane").output();
    JsonObject key =
        new JsonObject()
            .put("username", found(PUBLIC_KEY, output))
            .put("apiKey", found(PRIVATE_KEY, output));
    String path = "/api/admin/v3.0/auth/providers/mongodb-cloud/login";
    token = new JsonObject(administer("POST", path, key, 200)).getString("access_token");
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in\n" + text);
    }
    return matcher.group(1);
  }

  /// Makes an app.
  ///
  /// @return its id for administrators and its App ID
  String[] create(String name) {
    JsonObject made =
        new JsonObject(administer("POST", APPS, new JsonObject().put("name", name), 201));
    return new String[] {made.getString("_id"), made.getString("client_app_id")};
  }

  /// Deploys functions, each with an endpoint of its name.
  void deploy(String id, Map<String, String> functions) {
    administer("POST", APPS + "/" + id + "/import", document(functions), 204);
  }

  private String administer(String method, String path, JsonObject body, int expected) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url("control-plane", path))
            .method(method, BodyPublishers.ofString(body.encode()));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = BerthProcess.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return response.body();
  }

  private static JsonObject document(Map<String, String> functions) {
    JsonArray configured = new JsonArray();
    JsonArray endpoints = new JsonArray();
    JsonObject sources = new JsonObject();
    functions.forEach(
        (name, source) -> {
          configured.add(new JsonObject().put("name", name).put("run_as_system", true));
          sources.put(name + ".js", source);
          endpoints.add(
              new JsonObject()
                  .put("route", "/" + name)
                  .put("http_method", "POST")
                  .put("function_name", name)
                  .put("validation_method", "NO_VALIDATION")
                  .put("return_type", "JSON")
                  .put("respond_result", true));
        });
    JsonObject linked =
        new JsonObject()
            .put("name", "mongodb-atlas")
            .put("type", "mongodb-atlas")
            .put("config", new JsonObject());
    return new JsonObject()
        .put("config_version", 20210101)
        .put("functions", new JsonObject().put("config", configured).put("sources", sources))
        .put("data_sources", new JsonArray().add(new JsonObject().put("config", linked)))
        .put("endpoints", new JsonObject().put("config", endpoints));
  }

  /// Calls an endpoint through a gateway.
  HttpResponse<String> call(String gateway, String appId, String route) {
    URI url = url(gateway, "/app/" + appId + "/endpoint" + route);
    return BerthProcess.send(HttpRequest.newBuilder(url).POST(BodyPublishers.noBody()));
  }

  /// Whether a gateway says that it wants requests, as a load balancer asks.
  boolean isReady(String gateway) {
    try {
      return BerthProcess.send(HttpRequest.newBuilder(url(gateway, "/health"))).statusCode() == 200;
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  /// What all processes have printed, for a test that fails.
  String output() {
    StringBuilder all = new StringBuilder();
    running.forEach(
        (name, process) ->
            all.append("--- ").append(name).append('\n').append(process.output()).append('\n'));
    return all.toString();
  }

  @Override
  public void close() {
    running.values().forEach(BerthProcess::close);
  }
}
