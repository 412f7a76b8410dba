package dev.berth.benchmarks.manyapps;

import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.ChildServer;
import dev.berth.benchmarks.ClientLoad;
import dev.berth.benchmarks.JvmOptions;
import dev.berth.benchmarks.Latencies;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Table;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// What a gateway pays for apps that nobody calls: memory, looking one up, and the time until
/// another deployment is served.
public final class Catalogue implements Benchmark {

  private static final int APPS = 10_000;
  private static final int FEW = 10;
  private static final int DEPLOYMENTS = 200;
  private static final int MOST_MEGABYTES = 200;
  private static final int MOST_MILLIS = 1_000;

  @Override
  public String name() {
    return "apps";
  }

  @Override
  public String usage() {
    return """
      apps: many apps in the catalogue of a gateway: memory, looking one up, deploying one more
          --apps N           (%d)
      """
        .formatted(APPS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException {
    int apps = arguments.number("--apps", APPS);
    arguments.end();
    List<String> options = JvmOptions.usual();
    try (ChildServer server =
            ChildServer.java(
                options, List.of(CatalogueServer.class.getName(), run.app("shop").toString()));
        ClientLoad client = new ClientLoad(1, null)) {
      run.publish(
          name(),
          measure(run, server, client, apps)
              + run.facts()
                  .with("server", "a gateway alone; what it calls answers with the revision")
                  .with("options of the server", "`" + String.join(" ", options) + "`")
                  .with("heap", "what survives a full collection")
                  .with(
                      "one of ten",
                      "the same ten again and again: they stay in the caches of the CPU")
                  .with("deployment", "from the announcement in this JVM to the first answer")
              + "");
    }
  }

  private static String measure(Run run, ChildServer server, ClientLoad client, int apps)
      throws IOException {
    Table table =
        new Table(
            "apps",
            "heap, MB",
            "looking up one of ten, ns",
            "one of all, ns",
            "deployment, ms at p50",
            "at most");
    long empty = number(server, "heap");
    server.order("deploy 0 " + FEW + " 1");
    table.row(cells(FEW, server, client, empty));
    server.order("deploy " + FEW + " " + apps + " 1");
    String[] many = cells(apps, server, client, empty);
    table.row(many);
    long megabytes = (number(server, "heap") - empty) >> 20;
    return run.title("apps")
        + "\n\n"
        + table
        + String.format(
            Locale.ROOT,
            "%nThe apps take %,d MB; target: %,d. A deployment is served within %s ms; target: %,d.%n%n",
            megabytes,
            MOST_MEGABYTES,
            many[5],
            MOST_MILLIS);
  }

  private static String[] cells(int apps, ChildServer server, ClientLoad client, long empty)
      throws IOException {
    long heap = number(server, "heap") - empty;
    long oneOfFew = number(server, "look-up " + FEW + " " + apps);
    long oneOfAll = number(server, "look-up " + apps + " " + apps);
    Latencies deployments = new Latencies();
    for (int i = 0; i < DEPLOYMENTS; i++) {
      int number = (int) ((long) i * apps / DEPLOYMENTS);
      // Newer than what the rounds before have deployed.
      int revision = apps + i + 2;
      long begin = System.nanoTime();
      String path = server.order("deploy " + number + " " + (number + 1) + " " + revision);
      client.call(
          "http://127.0.0.1:" + server.announcement().port() + path, Integer.toString(revision));
      deployments.add(System.nanoTime() - begin);
    }
    return new String[] {
      "%,d".formatted(apps),
      String.format(Locale.ROOT, "%.1f", heap / 1048576.0),
      String.valueOf(oneOfFew),
      String.valueOf(oneOfAll),
      String.format(Locale.ROOT, "%.2f", deployments.percentile(0.5) / 1000.0),
      String.format(Locale.ROOT, "%.2f", deployments.percentile(1) / 1000.0)
    };
  }

  private static long number(ChildServer server, String order) throws IOException {
    return Long.parseLong(server.order(order));
  }
}
