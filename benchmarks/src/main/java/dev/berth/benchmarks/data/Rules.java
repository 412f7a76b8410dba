package dev.berth.benchmarks.data;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.berth.benchmarks.AppUser;
import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.ChildServer;
import dev.berth.benchmarks.DevProcess;
import dev.berth.benchmarks.Facts;
import dev.berth.benchmarks.JvmOptions;
import dev.berth.benchmarks.Load;
import dev.berth.benchmarks.Measured;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Table;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/// What an endpoint that inserts costs against the bare driver, a find that a rule filters
/// against the same query written by hand, and ten roles for a document.
public final class Rules implements Benchmark {

  /// The same documents, of which a rule permits a few or all.
  private static final List<String> COLLECTIONS = List.of("things", "open");

  private static final int DOCUMENTS = 100_000;
  private static final int GROUPS = 1000;
  private static final int WARM_UP = 40;
  private static final int CONNECTIONS = 32;

  private static final double INSERTS = 0.6;
  private static final double FINDS = 1.5;
  private static final double ROLES_MICROS = 30;

  private static final String BARE = "bare Vert.x, insertOne";
  private static final String INSERT = "Berth, insertOne";
  private static final String HAND = "find, by hand";
  private static final String RULE = "find, by rule";

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public String usage() {
    return """
      rules: inserts and finds through functions and rules (MONGODB_URI: on this database)
          --warm-up SECONDS  of each (%d)
          --seconds SECONDS  of each measurement (10)
          --rounds N         how often each has its turn; medians are shown (3)
          --connections N    (%d); finds use four
      """
        .formatted(WARM_UP, CONNECTIONS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    Duration warmUp = Duration.ofSeconds(arguments.number("--warm-up", WARM_UP));
    Duration measured = Duration.ofSeconds(arguments.number("--seconds", 10));
    int rounds = arguments.number("--rounds", 3);
    int connections = arguments.number("--connections", CONNECTIONS);
    arguments.end();
    String given = System.getenv("MONGODB_URI");
    if (given != null) {
      run.publish(
          name(), measure(run, given, "MONGODB_URI", warmUp, measured, rounds, connections));
      return;
    }
    try (ChildServer database =
        ChildServer.java(JvmOptions.withHeap("4g"), List.of(DatabaseServer.class.getName()))) {
      String uri = "mongodb://127.0.0.1:" + database.announcement().port();
      String about = database.announcement().about();
      run.publish(name(), measure(run, uri, about, warmUp, measured, rounds, connections));
    }
  }

  private static ChildServer server(String... mainAndArguments) throws IOException {
    return ChildServer.java(JvmOptions.usual(), List.of(mainAndArguments));
  }

  private static String measure(
      Run run,
      String database,
      String aboutDatabase,
      Duration warmUp,
      Duration measured,
      int rounds,
      int connections)
      throws IOException, InterruptedException {
    fill(database);
    Map<String, List<Measured>> all = new LinkedHashMap<>();
    String about;
    try (ChildServer bare = server(BareInsert.class.getName(), database);
        DevProcess berth =
            DevProcess.start(
                List.of(run.app("rules").toString()),
                Map.of("MONGODB_URI", database, "BERTH_JS", "compiled"))) {
      about = berth.about();
      Map<String, String> urls = new LinkedHashMap<>();
      urls.put(BARE, bare.announcement().url());
      urls.put(INSERT, sibling(berth.url(), "insert"));
      urls.put(HAND, sibling(berth.url(), "hand"));
      urls.put(RULE, sibling(berth.url(), "rule"));
      Load inserts = Load.ofWrk(run, connections, List.of());
      // A rule is for a user, so both finds have one: who it is is looked up for both.
      String apiKey = AppUser.signedIn(berth.url()).apiKey();
      expectFound(of(urls, HAND), apiKey);
      expectFound(of(urls, RULE), apiKey);
      Load finds = Load.ofWrk(run, 4, List.of("apiKey: " + apiKey));
      Map<String, Load> loads = Map.of(BARE, inserts, INSERT, inserts, HAND, finds, RULE, finds);
      for (String name : urls.keySet()) {
        forgetInserts(database);
        of(loads, name).drive(of(urls, name), warmUp);
      }
      for (int round = 0; round < rounds; round++) {
        for (String name : urls.keySet()) {
          forgetInserts(database);
          all.computeIfAbsent(name, _ -> new ArrayList<>())
              .add(of(loads, name).drive(of(urls, name), measured));
        }
      }
    }
    double roles = TenRoles.measure(Duration.ofSeconds(5)) / 1000;
    return report(run, all, roles)
        + run.facts().with("Berth", about).with("database", aboutDatabase);
  }

  /// The load generator looks at the status alone, and a find of nothing is fast.
  private static void expectFound(String url, String apiKey)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("apiKey", apiKey)
            .POST(HttpRequest.BodyPublishers.ofString(Load.BODY))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      if (!answer.contains("\"found\":" + DOCUMENTS / GROUPS + "}")) {
        throw new IllegalStateException(url + " did not find its documents: " + answer);
      }
    }
  }

  private static String sibling(String url, String route) {
    return URI.create(url).resolve(route).toString();
  }

  /// So that what was inserted takes no memory of the database from what comes next.
  private static void forgetInserts(String uri) {
    try (MongoClient client = MongoClients.create(uri)) {
      for (String collection : List.of("bare", "kept")) {
        BareInsert.Done.await(client.getDatabase("bench").getCollection(collection).drop());
      }
    }
  }

  private static void fill(String uri) {
    try (MongoClient client = MongoClients.create(uri)) {
      BareInsert.Done.await(client.getDatabase("bench").drop());
      for (String collection : COLLECTIONS) {
        fill(client.getDatabase("bench").getCollection(collection, BsonDocument.class));
      }
    }
  }

  private static void fill(MongoCollection<BsonDocument> things) {
    BareInsert.Done.await(things.createIndex(new BsonDocument("group", new BsonInt32(1))));
    List<BsonDocument> batch = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      batch.add(
          new BsonDocument("_id", new BsonInt32(i))
              .append("group", new BsonInt32(i % GROUPS))
              .append("name", new BsonString("thing " + i)));
      if (batch.size() == 10_000) {
        BareInsert.Done.await(things.insertMany(batch));
        batch.clear();
      }
    }
  }

  private static String report(Run run, Map<String, List<Measured>> all, double roles) {
    Table table = new Table("what", "requests/s", "p50 ms", "each round");
    all.forEach(
        (name, measured) ->
            table.row(
                name,
                text("%,.0f", rate(all, name)),
                text("%.2f", p50(measured)),
                String.join(
                    ", ",
                    measured.stream()
                        .map(one -> text("%,.0f", one.requestsPerSecond()))
                        .toList())));
    double inserts = rate(all, INSERT) / rate(all, BARE);
    double finds = p50(of(all, RULE)) / p50(of(all, HAND));
    Facts verdict =
        new Facts()
            .with("insertOne of the bare one", verdict(inserts, INSERTS, inserts >= INSERTS))
            .with("time of a find by rule to one by hand", verdict(finds, FINDS, finds <= FINDS))
            .with(
                "ten roles, microseconds for a document",
                verdict(roles, ROLES_MICROS, roles <= ROLES_MICROS));
    return run.title("rules") + "\n\n" + table + "\n" + verdict + "\n";
  }

  private static String verdict(double value, double target, boolean isMet) {
    return text("%.2f", value)
        + "; target "
        + text("%.1f", target)
        + (isMet ? ", met" : ", missed");
  }

  private static <T> T of(Map<String, T> all, String name) {
    return Objects.requireNonNull(all.get(name));
  }

  private static double rate(Map<String, List<Measured>> all, String name) {
    double[] sorted =
        of(all, name).stream().mapToDouble(Measured::requestsPerSecond).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double p50(List<Measured> measured) {
    double[] sorted = measured.stream().mapToDouble(one -> one.p50() / 1000.0).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
