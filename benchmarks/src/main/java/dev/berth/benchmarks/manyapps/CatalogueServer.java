package dev.berth.benchmarks.manyapps;

import dev.berth.appmodel.Revision;
import dev.berth.benchmarks.Announcement;
import dev.berth.benchmarks.AppFolder;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.GatewaySettings;
import dev.berth.gateway.route.AppRouting;
import dev.berth.gateway.route.Quota;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.bson.BsonInt32;

/// A gateway in front of nothing: whatever is called answers with the number of its revision. It
/// takes orders on its standard input, one a line, and answers each with a line: `deploy FROM TO
/// REVISION`, `look-up SOME OF`, `heap`.
public final class CatalogueServer {

  private static final int LOOK_UPS = 5_000_000;

  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final Path folder;

  private CatalogueServer(Path folder) {
    this.folder = folder;
  }

  /// Starts it.
  ///
  /// @param args the folder of the app that is copied
  public static void main(String[] args) {
    CatalogueServer server = new CatalogueServer(Path.of(args[0]));
    Vertx vertx = Vertx.vertx();
    Gateway.start(
            vertx,
            GatewaySettings.on("127.0.0.1", 0),
            server.catalog,
            CatalogueServer::answer,
            () -> true)
        .onSuccess(
            gateway -> {
              new Announcement(gateway.actualPort(), "/", "no worker").print();
              Orders.obey(server::answer);
            })
        .onFailure(
            cause -> {
              System.err.println("the gateway cannot start: " + cause);
              System.exit(1);
            });
  }

  private static Future<Outcome> answer(Invocation invocation) {
    BsonInt32 revision = new BsonInt32(Math.toIntExact(invocation.envelope().revision().number()));
    return Future.succeededFuture(
        new Outcome.Responded(null, List.of(), new Outcome.Body.Result(revision)));
  }

  private String answer(String[] order) {
    return switch (order[0]) {
      case "deploy" ->
          deploy(Integer.parseInt(order[1]), Integer.parseInt(order[2]), Long.parseLong(order[3]));
      case "look-up" ->
          String.valueOf(lookUpNanos(Integer.parseInt(order[1]), Integer.parseInt(order[2])));
      default -> "there is no order " + order[0];
    };
  }

  /// Answers with the path of the last one.
  private String deploy(int from, int to, long revision) {
    String path = "";
    for (int number = from; number < to; number++) {
      // Read anew: apps of strangers share nothing.
      DeployedApp app = new Shops(folder).shop(number);
      DeployedApp deployed =
          new DeployedApp(app.id(), new Revision(revision), app.definition(), app.secrets());
      catalog.apply(new AppChange.Deployed(deployed));
      path = AppFolder.path(deployed);
    }
    return path;
  }

  /// How long it takes to look up one of some apps that are spread over all.
  private long lookUpNanos(int some, int all) {
    AppRouting routing = AppRouting.following(catalog, new Quota(0, 10_000));
    try {
      Random random = new Random(1);
      String[] ids = new String[some];
      for (int i = 0; i < some; i++) {
        ids[i] = "shop-%05d".formatted((int) ((long) i * all / some));
      }
      lookUp(routing, ids, random);
      long begin = System.nanoTime();
      lookUp(routing, ids, random);
      return (System.nanoTime() - begin) / LOOK_UPS;
    } finally {
      routing.stopFollowing();
    }
  }

  private static void lookUp(AppRouting routing, String[] ids, Random random) {
    for (int i = 0; i < LOOK_UPS; i++) {
      Objects.requireNonNull(routing.find(ids[random.nextInt(ids.length)]), "an app that is live");
    }
  }
}
