package dev.berth.launcher.console;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.HttpMethod;
import dev.berth.catalog.DeployedApp;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// One line to paste into another terminal.
final class TryIt {

  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_./:~%+-]+");

  private TryIt() {}

  /// The simplest request that an app answers without credentials: a `GET` where there is one.
  static Optional<String> curl(BaseUrl url, Collection<DeployedApp> apps) {
    return apps.stream()
        .flatMap(
            app ->
                app.definition().endpoints().stream()
                    .filter(endpoint -> EndpointTable.isOpen(app, endpoint))
                    .map(endpoint -> new Candidate(app, endpoint)))
        .min(Comparator.comparing(candidate -> !candidate.isGet()))
        .map(candidate -> candidate.curl(url));
  }

  private record Candidate(DeployedApp app, Endpoint endpoint) {

    boolean isGet() {
      return endpoint.method() == HttpMethod.GET || endpoint.method() == HttpMethod.ANY;
    }

    String curl(BaseUrl url) {
      String address = quoted(url.of(app.id(), endpoint.route()));
      return isGet()
          ? "curl -s " + address
          : "curl -s -X " + endpoint.method() + " " + address + " -d '{}'";
    }

    private static String quoted(String text) {
      return NEEDS_NO_QUOTES.matcher(text).matches()
          ? text
          : "'" + text.replace("'", "'\\''") + "'";
    }
  }
}
