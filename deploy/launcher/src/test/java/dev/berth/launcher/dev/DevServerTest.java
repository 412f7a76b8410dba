package dev.berth.launcher.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.Secrets;
import dev.berth.gateway.door.Door;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.worker.http.OutboundPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevServerTest {

  private static final Path QUICKSTART = Path.of("../../examples/quickstart");

  private final HttpClient http = HttpClient.newHttpClient();
  private final StringWriter printed = new StringWriter();
  private final StringWriter complained = new StringWriter();
  @TempDir private Path folder;
  private Path app;
  private @Nullable DevServer server;

  @BeforeEach
  void copyTheExample() throws IOException {
    app = copy(QUICKSTART, folder.resolve("app"));
  }

  @AfterEach
  void stop() {
    http.close();
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void whatIsStoredIsThereAfterARestartAndTheRevisionToo() throws Exception {
    start();
    assertThat(post("/notes", "{\"text\": \"remember\"}").statusCode()).isEqualTo(201);

    restart();

    assertThat(get("/notes").body()).contains("remember");
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(printed.toString().split("revision 1, from", -1)).hasSize(3);
  }

  @Test
  void aSaveIsServedAndOneWithProblemsIsNot() throws Exception {
    start();
    Path greeting = app.resolve("functions/greetingFor.js");
    assertThat(hello()).isEqualTo("{\"greeting\":\"Hello, Casey!\"}");

    Files.writeString(greeting, "exports = (name) => `Ahoy, ${name}!`;");
    until(() -> printed.toString().contains("revision 2 is live"));
    assertThat(hello()).isEqualTo("{\"greeting\":\"Ahoy, Casey!\"}");

    Files.writeString(greeting, "exports = (name) => {\n  return `Ahoy, ${name}!`;\n");
    until(() -> complained.toString().contains("revision 2 goes on serving"));
    assertThat(complained.toString()).contains("error: " + app + "/functions/greetingFor.js:");
    assertThat(hello()).isEqualTo("{\"greeting\":\"Ahoy, Casey!\"}");

    Files.writeString(greeting, "exports = (name) => `Ahoy, ${name}!`;");
    until(() -> printed.toString().contains("no problems any more, revision 2 is live"));
  }

  @Test
  void itSaysAllThatIsNeededForTheFirstRequest() throws Exception {
    start();

    String url = url("/hello/latest");
    assertThat(printed.toString())
        .contains("quickstart (quickstart-abcde), revision 1, from " + app)
        .containsPattern("GET +\\Q" + url + "\\E +latestGreeting +system")
        .contains("Try:  curl -s " + url)
        .contains("Client SDKs connect to " + running().url())
        .containsPattern("Ready in \\d+ ms");
  }

  @Test
  void whatAFunctionPrintsIsShownWithItsRequest() throws Exception {
    start();

    HttpResponse<String> response = post("/notes", "{\"text\": \"hi\"}");

    String request = response.headers().firstValue("X-Berth-Request-Id").orElseThrow();
    until(() -> printed.toString().contains("[quickstart-abcde notes/create " + request + "]"));
  }

  @Test
  void everyProblemIsToldAndNothingIsWritten() throws Exception {
    Files.writeString(app.resolve("functions/greet.js"), "exports = () => {\n  return 1;\n");
    Files.writeString(app.resolve("functions/greetingFor.js"), "exports = ) 1\n");

    assertThatThrownBy(this::start)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(app + "/functions/greet.js:")
        .hasMessageContaining(app + "/functions/greetingFor.js:1:");
    assertThat(data()).doesNotExist();
  }

  @Test
  void aPortInUseIsToldAndNothingIsWritten() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(other.getLocalPort(), app))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("port " + other.getLocalPort())
          .hasMessageContaining("is in use")
          .hasMessageContaining("--port");
    }
    assertThat(data()).doesNotExist();
  }

  @Test
  void twoFoldersWithOneAppIdAreToldApart() throws Exception {
    Path twin = copy(QUICKSTART, folder.resolve("twin"));

    assertThatThrownBy(() -> start(0, app, twin))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(app.toString())
        .hasMessageContaining(twin.toString())
        .hasMessageContaining("quickstart-abcde");
  }

  @Test
  void anAppWithoutIdKeepsTheOneItIsGiven() throws Exception {
    Files.writeString(app.resolve(".mdb/meta.json"), "{\"config_version\": 20230101}");
    start();
    String first = shownId();

    restart();

    assertThat(first).matches("quickstart-[a-z]{5}");
    assertThat(shownId()).isEqualTo(first);
  }

  @Test
  void aMissingFolderAndAFileAreNamed() {
    assertThatThrownBy(() -> start(0, folder.resolve("nowhere")))
        .isInstanceOf(StartFailure.class)
        .hasMessage("there is no folder " + folder.resolve("nowhere"));
    assertThatThrownBy(() -> start(0, app.resolve("root_config.json")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void aFolderInsideAnAppNamesTheAppsFolder() {
    assertThatThrownBy(() -> start(0, app.resolve("functions")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("part of the app in " + app);
  }

  @Test
  void packagesAreDeployedAndFollowed() throws Exception {
    Path archive = app.resolve("functions/node_modules.zip");
    Files.write(archive, zip("node_modules/ms/index.js"));
    start();
    assertThat(stored()).hasSize(1);

    Files.write(archive, zip("node_modules/ms/other.js"));
    until(() -> printed.toString().contains("revision 2 is live"));
    assertThat(stored()).hasSize(2);

    Files.write(archive, zip("node_modules/../index.js"));
    until(() -> complained.toString().contains("revision 2 goes on serving"));
    assertThat(complained.toString())
        .contains("error: " + archive + ": the path \"node_modules/../index.js\" leads out of");
  }

  @Test
  void packagesThatCannotBeInstalledStopTheStart() throws Exception {
    Files.writeString(
        app.resolve("functions/package.json"), "{\"dependencies\": {\"ms\": \"file:/etc\"}}");

    assertThatThrownBy(this::start)
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(app + "/functions/package.json:1 /dependencies/ms: ");
    assertThat(data()).doesNotExist();
  }

  private static byte[] zip(String file) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(file));
    }
    return bytes.toByteArray();
  }

  private List<Path> stored() throws IOException {
    try (Stream<Path> files = Files.list(data().resolve("packages"))) {
      return files.filter(file -> file.toString().endsWith(".zip")).toList();
    }
  }

  private void start() throws StartFailure {
    start(0, app);
  }

  private void start(int port, Path... apps) throws StartFailure {
    Console console =
        new Console("test", new PrintWriter(printed, true), new PrintWriter(complained, true));
    server =
        DevServer.start(
            new DevOptions(
                List.of(apps),
                "127.0.0.1",
                port,
                data(),
                Secrets.none(),
                null,
                null,
                LimitSettings.standard(),
                OutboundPolicy.any(),
                null,
                null,
                Door.open(),
                null),
            console);
  }

  private void restart() throws StartFailure {
    running().stop();
    start();
  }

  private DevServer running() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String shownId() {
    String shown = printed.toString();
    int from = shown.lastIndexOf("quickstart (") + "quickstart (".length();
    return shown.substring(from, shown.indexOf(')', from));
  }

  private String hello() throws Exception {
    return post("/hello", "{\"name\": \"Casey\"}").body();
  }

  private String url(String route) {
    return running().url() + "/app/quickstart-abcde/endpoint" + route;
  }

  private HttpResponse<String> get(String route) throws Exception {
    String url = route.equals("/health") ? running().url() + route : url(route);
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private HttpResponse<String> post(String route, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url(route)))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to.toRealPath();
  }
}
