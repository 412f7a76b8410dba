package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The same small function as the system user, with an API key and with a bearer token: what it
/// costs to know who calls. One Berth serves all three, in turns.
public final class Authentication implements Benchmark {

  private static final double TARGET = 0.85;

  private static final int WARM_UP = 60;
  private static final int SECONDS = 10;
  private static final int ROUNDS = 3;
  private static final int CONNECTIONS = 32;

  private static final String SYSTEM = "system";

  @Override
  public String name() {
    return "authentication";
  }

  @Override
  public String usage() {
    return """
      authentication: a function as the system user, with an API key and with a token
          --warm-up SECONDS  of all three together (%d)
          --seconds SECONDS  of each measurement (%d)
          --rounds N         how often each has its turn; medians are shown (%d)
      """
        .formatted(WARM_UP, SECONDS, ROUNDS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    Duration warmUp = Duration.ofSeconds(arguments.number("--warm-up", WARM_UP));
    Duration measured = Duration.ofSeconds(arguments.number("--seconds", SECONDS));
    int rounds = arguments.number("--rounds", ROUNDS);
    arguments.end();
    if (!WrkLoad.isInstalled()) {
      throw new IllegalStateException("authentication needs wrk (apt install wrk)");
    }
    try (DevProcess berth = DevProcess.start(List.of(run.app("signed-in").toString()))) {
      Map<String, Load> loads = loads(run, AppUser.signedIn(berth.url()));
      Map<String, List<Measured>> all = new LinkedHashMap<>();
      for (String name : loads.keySet()) {
        drive(berth, loads, name, warmUp.dividedBy(loads.size()));
      }
      for (int round = 0; round < rounds; round++) {
        for (String name : loads.keySet()) {
          all.computeIfAbsent(name, _ -> new ArrayList<>())
              .add(drive(berth, loads, name, measured));
        }
      }
      run.publish(name(), report(run, berth.about(), all));
    }
  }

  private static Map<String, Load> loads(Run run, AppUser user)
      throws IOException, InterruptedException {
    Map<String, Load> loads = new LinkedHashMap<>();
    loads.put(SYSTEM, load(run, List.of()));
    loads.put("API key", load(run, List.of("apiKey: " + user.apiKey())));
    loads.put("bearer token", load(run, List.of("Authorization: Bearer " + user.accessToken())));
    return loads;
  }

  private static Load load(Run run, List<String> headers) {
    return new WrkLoad(run.folder().resolve("post.lua"), CONNECTIONS, headers);
  }

  private static Measured drive(
      DevProcess berth, Map<String, Load> loads, String name, Duration time)
      throws IOException, InterruptedException {
    String route = name.equals(SYSTEM) ? "/system" : "/caller";
    URI url = URI.create(berth.url()).resolve(AppUser.endpoints(berth.url()) + route);
    return Objects.requireNonNull(loads.get(name)).drive(url.toString(), time);
  }

  private static String report(Run run, String about, Map<String, List<Measured>> all) {
    double system = median(Objects.requireNonNull(all.get(SYSTEM)));
    Table table = new Table("caller", "requests/s", "of the system user", "each round");
    Facts verdict = new Facts();
    all.forEach(
        (name, measured) -> {
          double ratio = median(measured) / system;
          table.row(
              name,
              String.format(Locale.ROOT, "%,.0f", median(measured)),
              String.format(Locale.ROOT, "%.2f", ratio),
              String.join(
                  ", ",
                  measured.stream()
                      .map(one -> String.format(Locale.ROOT, "%,.0f", one.requestsPerSecond()))
                      .toList()));
          if (!name.equals(SYSTEM)) {
            verdict.with(
                name,
                String.format(
                    Locale.ROOT,
                    "target at least %.2f of the system user; %s",
                    TARGET,
                    ratio >= TARGET ? "met" : "missed"));
          }
        });
    return run.title("authentication")
        + "\n\n"
        + table
        + "\n"
        + verdict
        + "\n"
        + run.facts().with("Berth", about).with("load", "wrk, 1 thread, 32 connections");
  }

  private static double median(List<Measured> measured) {
    double[] sorted = measured.stream().mapToDouble(Measured::requestsPerSecond).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
