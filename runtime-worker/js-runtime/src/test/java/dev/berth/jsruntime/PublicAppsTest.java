package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.frames.GuestThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions of public apps that nobody here wrote (`apps/NOTICE.md` says whose they are).
class PublicAppsTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  static Stream<String> apps() throws IOException, URISyntaxException {
    try (Stream<Path> folders = Files.list(root())) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  private static Path root() throws URISyntaxException {
    return Path.of(
            Objects.requireNonNull(PublicAppsTest.class.getResource("apps/NOTICE.md")).toURI())
        .resolveSibling("");
  }

  /// The functions of one app, by name.
  private Map<String, String> deploy(String name) throws IOException, URISyntaxException {
    Path folder = root().resolve(name).resolve("functions");
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".js"))
          .forEach(file -> sources.put(functionName(folder.relativize(file)), read(file)));
    }
    sources.forEach(app::function);
    return sources;
  }

  private static String functionName(Path file) {
    return file.toString().replace('\\', '/').replaceFirst("(/source)?\\.js$", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("apps")
  void everyFunctionParses(String name) throws Exception {
    deploy(name);
    List<Problem> problems = new ArrayList<>();

    Thread thread =
        new GuestThread(
            "syntax",
            () -> problems.addAll(SyntaxCheck.problems(RunningApp.engine(), app.definition())));
    thread.start();
    thread.join();

    assertThat(problems).isEmpty();
  }

  /// With a database and a network that are empty, and arguments that are no sensible ones, each
  /// function comes to its end or misses what it got, but nothing of its environment.
  @ParameterizedTest
  @MethodSource("apps")
  void everyFunctionFindsItsEnvironment(String name) throws Exception {
    app.services.put(
        "mongodb",
        (scope, operation, arguments) -> CompletableFuture.completedFuture(empty(operation)));
    app.services.put(
        "http", (scope, operation, arguments) -> CompletableFuture.completedFuture(RESPONSE));
    Map<String, String> functions = deploy(name);

    for (String function : functions.keySet()) {
      Outcome outcome =
          app.call(
              function,
              BsonDocument.parse("{query: {}, body: '{}', fullDocument: {}}"),
              new BsonDocument());

      if (outcome instanceof Outcome.Threw(_, String message)) {
        assertThat(message).as("%s %s", name, function).containsPattern(OF_ITS_OWN);
      } else {
        assertThat(outcome).as("%s %s", name, function).isInstanceOf(Outcome.Returned.class);
      }
    }
  }

  /// What a function says that got arguments it cannot use, or wants a package or a function that
  /// is not among those that were taken.
  private static final Pattern OF_ITS_OWN =
      Pattern.compile(
          "^(TypeError: )?Cannot read property '\\w+' of undefined"
              + "|^(response\\.setStatusCode|\\w+\\.(replace|substring)|payload\\.body\\.text) is not a function"
              + "|^a database name must be a string|^BSON.ObjectId takes"
              + "|^Cannot find module '(comma-separated-values|whoiserer)'"
              + "|^function not found: 'getDocTypeSchemaInfo'");

  private static final BsonDocument RESPONSE =
      BsonDocument.parse(
          "{status: '200 OK', statusCode: 200, contentLength: 2, headers: {}, cookies: {}, text: '{}'}");

  private static BsonValue empty(String operation) {
    return switch (operation) {
      case "openCursor", "nextBatch" ->
          new BsonDocument("batch", new BsonArray()).append("exhausted", BsonBoolean.TRUE);
      case "find", "aggregate", "distinct" -> new BsonArray();
      case "count" -> new BsonInt32(0);
      case "findOne" -> BsonNull.VALUE;
      default -> new BsonDocument();
    };
  }

  @Test
  void aFunctionThatNeedsNothingGivesItsResult() throws Exception {
    deploy("mongodb-developer+SocialStats");
    deploy("mongodb-developer+WhatsCooking");

    assertThat(app.returned("removeBreakingCharacters", new BsonString("a\u2764, \"b\" 1!")))
        .isEqualTo(new BsonString("a, \"b\" 1!"));
    assertThat(
            app.returned("buildCompoundFilter", new BsonInt32(1), new BsonString("Thai")).asArray())
        .containsExactly(BsonDocument.parse("{text: {query: 'Thai', path: 'cuisine'}}"));
    assertThat(
            app.returned(
                    "buildCompoundMust",
                    new BsonString("noodle"),
                    new BsonString(""),
                    new BsonArray(),
                    new BsonString("text"),
                    new BsonInt32(1))
                .toString())
        .contains("noodle", "maxEdits");
  }

  /// It answers with promises inside an object that nobody awaited.
  @Test
  void aFunctionThatReturnsWhatItDidNotAwaitGivesIt() throws Exception {
    app.services.put(
        "mongodb",
        (scope, operation, arguments) -> CompletableFuture.completedFuture(empty(operation)));
    deploy("WildAid+o-fish-realm");

    assertThat(app.returned("getAgencies"))
        .isEqualTo(BsonDocument.parse("{amount: [], agencies: []}"));
  }

  @Test
  void theyAreOfTenAppsAtLeast() throws IOException, URISyntaxException {
    assertThat(apps()).hasSizeGreaterThanOrEqualTo(10);
  }
}
