package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What a new context costs a call, and a package that is required in it: in the first context of
/// an app, and in the hundredth, when its source has been parsed long ago.
public final class Requires implements Benchmark {

  private static final int CONTEXTS = 100;

  /// The last of them, of which the median is taken.
  private static final int LAST = 10;

  private static final double TARGET_CONTEXT_MILLIS = 5;
  private static final double TARGET_CONTEXT_KILOBYTES = 1024;
  private static final double TARGET_SHARE = 0.1;

  /// What each function of the app answers.
  private static final Map<String, String> ANSWERS =
      Map.of("kept", "1", "nothing", "1", "lodash", "2", "moment", "1970");

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public String name() {
    return "requires";
  }

  @Override
  public String usage() {
    return """
      requires: what a context costs, and a package in the first and the hundredth context
          (npm has to be there)
      """;
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    arguments.end();
    double kilobytes = ContextMemory.kilobytesPerContext(AppFolder.read(run.app("hello")));
    Map<String, double[]> millis = new LinkedHashMap<>();
    try (DevProcess berth = DevProcess.start(List.of(run.app("requires").toString()))) {
      URI base = URI.create(berth.url()).resolve(".");
      // Those without packages once more at the end, when the JVM has compiled what makes a
      // context.
      for (String function : List.of("kept", "nothing", "lodash", "moment", "nothing", "kept")) {
        millis.put(function, calls(base.resolve(function), function));
      }
      run.publish(name(), report(run, berth.about(), millis, kilobytes));
    }
  }

  private double[] calls(URI url, String function) throws IOException, InterruptedException {
    double[] millis = new double[CONTEXTS];
    HttpRequest request =
        HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.noBody()).build();
    for (int i = 0; i < CONTEXTS; i++) {
      long begin = System.nanoTime();
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      millis[i] = (System.nanoTime() - begin) / 1e6;
      if (!answer.equals(ANSWERS.get(function))) {
        throw new IllegalStateException(function + " answered " + answer);
      }
    }
    return millis;
  }

  private static String report(
      Run run, String about, Map<String, double[]> millis, double kilobytes) {
    double kept = last(millis, "kept");
    double nothing = last(millis, "nothing");
    Table table =
        new Table("function", "first call, ms", "median of the last ten of a hundred, ms");
    millis.forEach(
        (name, each) -> table.row(describe(name), number(each[0]), number(last(millis, name))));
    Facts verdict =
        new Facts()
            .with(
                "context",
                "%s ms; target at most %s"
                    .formatted(number(nothing - kept), number(TARGET_CONTEXT_MILLIS)))
            .with(
                "memory of a context",
                String.format(
                    Locale.ROOT,
                    "%.0f KB; target at most %.0f KB; %s",
                    kilobytes,
                    TARGET_CONTEXT_KILOBYTES,
                    kilobytes <= TARGET_CONTEXT_KILOBYTES ? "met" : "missed"));
    for (String name : List.of("lodash", "moment")) {
      double first = Objects.requireNonNull(millis.get(name))[0] - nothing;
      double share = (last(millis, name) - nothing) / first;
      verdict.with(
          name,
          String.format(
              Locale.ROOT,
              "%.2f of the first time; target at most %.1f; %s",
              share,
              TARGET_SHARE,
              share <= TARGET_SHARE ? "met" : "missed"));
    }
    return run.title("requires")
        + "\n\n"
        + table
        + "\n"
        + verdict
        + "\n"
        + run.facts().with("Berth", about);
  }

  private static String describe(String name) {
    return switch (name) {
      case "kept" -> "requires nothing, in a context that served before";
      case "nothing" -> "requires nothing, each time in a new context";
      default -> "requires `" + name + "`, each time in a new context";
    };
  }

  private static double last(Map<String, double[]> millis, String name) {
    double[] all = Objects.requireNonNull(millis.get(name));
    double[] last = Arrays.copyOfRange(all, CONTEXTS - LAST, CONTEXTS);
    Arrays.sort(last);
    return last[LAST / 2];
  }

  private static String number(double millis) {
    return String.format(Locale.ROOT, "%.1f", millis);
  }
}
