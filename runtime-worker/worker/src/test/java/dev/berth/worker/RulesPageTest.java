package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every worked example of `docs/rules.md`, with what the page says it gives.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesPageTest {

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private final RunningWorker worker = RunningWorker.start();

  /// A call of Ann's, and the block that follows it.
  record Example(String call, String kind, String expected) {

    @Override
    public String toString() {
      return call;
    }
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../../docs/rules.md"));
  }

  private static List<MatchResult> blocks(String text) {
    return BLOCK.matcher(text).results().toList();
  }

  private static List<MatchResult> worked() throws IOException {
    String page = page();
    int begin = page.indexOf("## Worked examples");
    return blocks(page.substring(begin, page.indexOf("\n## ", begin + 1)));
  }

  static Stream<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    String call = "";
    for (MatchResult block : worked()) {
      if (block.group(1).equals("js")) {
        call = block.group(2).strip();
      } else if (!call.isEmpty()) {
        examples.add(new Example(call, block.group(1), block.group(2).strip()));
      }
    }
    return examples.stream();
  }

  private static BsonValue json(String text) {
    return BsonDocument.parse("{value: " + text + "}").get("value", new BsonString("absent"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleGivesWhatThePageSays(Example example) throws IOException {
    AppId app = RunningWorker.newApp();
    for (BsonValue order : json(worked().getFirst().group(2)).asArray()) {
      worker.insertInto("orders", app, order.asDocument().toJson());
    }
    String source =
        "exports = async () => {\n"
            + "  const orders = context.services.get('mongodb-atlas').db('"
            + app
            + "').collection('orders');\n"
            + "  return "
            + example.call()
            + "\n};";
    var main =
        new FunctionDefinition(
            "main",
            "functions/main.js",
            source,
            false,
            new BsonDocument(),
            true,
            new RunAs.Caller());
    worker.deploy(app, "orders", blocks(page()).getFirst().group(2), main);

    Outcome outcome = RunningWorker.outcome(worker.invokeAs("ann", app));

    if (example.kind().equals("text")) {
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Threw.class,
              threw -> assertThat(threw.message()).isEqualTo(example.expected()));
    } else {
      assertThat(outcome).isEqualTo(new Outcome.Returned(json(example.expected())));
    }
  }

  @Test
  void thePageHasExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(9);
  }
}
