package dev.berth.launcher.console;

import dev.berth.appmodel.Problem;
import dev.berth.catalog.DeployedApp;
import dev.berth.jsruntime.GuestLog;
import dev.berth.launcher.logs.JsonLine;
import dev.berth.launcher.logs.LogFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The terminal of `berth dev`. Each method prints whole lines at once, so what different threads
/// say is never mixed within a line.
public final class Console {

  private final String version;
  private final PrintWriter out;
  private final PrintWriter err;

  /// @param version of Berth, for its first line
  public Console(String version, PrintWriter out, PrintWriter err) {
    this.version = version;
    this.out = out;
    this.err = err;
  }

  /// Everything a developer needs to make the first request.
  ///
  /// @param metrics where Prometheus reads, or `null` for nowhere
  public void started(
      BaseUrl url,
      List<ServedApp> apps,
      String data,
      String appCode,
      @Nullable BaseUrl metrics,
      long startMillis) {
    StringBuilder text = new StringBuilder();
    text.append("Berth ").append(version).append(", development mode\n\n");
    for (ServedApp served : apps) {
      text.append(
          "%s (%s), revision %s, from %s%n"
              .formatted(
                  served.app().definition().name(),
                  served.app().id(),
                  served.app().revision(),
                  served.folder()));
      text.append(EndpointTable.of(url, served.app()).indent(2)).append('\n');
    }
    TryIt.curl(url, apps.stream().map(ServedApp::app).toList())
        .ifPresent(curl -> text.append("Try:  ").append(curl).append('\n'));
    text.append("Client SDKs connect to ").append(url).append('\n');
    text.append("Data: ").append(data).append('\n');
    text.append("App code runs ").append(appCode).append('\n');
    if (metrics != null) {
      text.append("Metrics: ").append(metrics).append("/metrics\n");
    }
    text.append("Saving a file deploys it. Press Ctrl-C to stop.\n\n");
    text.append("Ready in ").append(startMillis).append(" ms");
    say(text.toString());
  }

  /// What an operator needs to know of a start.
  public void serving(BaseUrl url, int apps, String data) {
    say(
        "Berth %s serves %d apps at %s%nAdministrators sign in there too. Data: %s"
            .formatted(version, apps, url, data));
  }

  /// A saved file made a new revision.
  public void deployed(DeployedApp app, long millis) {
    say("%s: revision %s is live (%d ms)".formatted(app.id(), app.revision(), millis));
  }

  /// A saved file is as it was deployed last, after problems were shown.
  public void wellAgain(DeployedApp app) {
    say("%s: no problems any more, revision %s is live".formatted(app.id(), app.revision()));
  }

  /// A saved file cannot be deployed.
  ///
  /// @param serving what is served all the same, in words
  public void rejected(Path folder, List<Problem> problems, String serving) {
    complain(Problems.listed(folder, problems) + "\n" + serving);
  }

  /// What an author should know of an app that is deployed.
  public void warned(Path folder, List<Problem> warnings) {
    if (!warnings.isEmpty()) {
      complain(Problems.listed(folder, warnings));
    }
  }

  /// A line that app code printed.
  public void guest(GuestLog.Line line) {
    switch (LogFormat.current()) {
      case TEXT ->
          print(
              out,
              "[%s %s %s] %s"
                  .formatted(
                      line.appId(), line.function(), line.requestId(), printable(line.text())));
      case JSON ->
          print(
              out,
              JsonLine.of(Instant.now(), line.level().name(), "app", line.text())
                  .with("appId", line.appId())
                  .with("function", line.function())
                  .with("requestId", line.requestId())
                  .with("traceId", line.traceId())
                  .text());
    }
  }

  /// App code may print anything, but it must not steer the terminal: no escape sequences.
  private static String printable(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c)
        .forEach(safe::appendCodePoint);
    return safe.toString();
  }

  /// Something that is not about one app.
  public void say(String text) {
    print(out, inFormat("info", text));
  }

  /// Something that went wrong.
  public void complain(String text) {
    print(err, inFormat("error", text));
  }

  private static String inFormat(String level, String text) {
    return switch (LogFormat.current()) {
      case TEXT -> text;
      case JSON -> JsonLine.of(Instant.now(), level, "berth", text).text();
    };
  }

  private static synchronized void print(PrintWriter to, String text) {
    to.println(text);
    to.flush();
  }

  /// An app and the folder it comes from, as the person wrote it.
  public record ServedApp(DeployedApp app, Path folder) {}
}
