package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example of `docs/functions.md`, with what the page says it gives.
class FunctionsPageTest {

  private static final Pattern BLOCK =
      Pattern.compile(
          "^(<!-- no result: [^\\n]+ -->\\n)?```(\\w+)\\n(.*?)^```$",
          Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern NAME = Pattern.compile("^// functions/(\\w+)\\.js\\n");

  /// A function of the page and a block that follows it.
  record Example(String function, String kind, String expected) {

    @Override
    public String toString() {
      return function + " " + kind;
    }
  }

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private static List<MatchResult> blocks() throws IOException {
    return BLOCK.matcher(Files.readString(Path.of("../../docs/functions.md"))).results().toList();
  }

  private static boolean isFunction(MatchResult block) {
    return block.group(2).equals("js");
  }

  private static String nameOf(String source) {
    var matcher = NAME.matcher(source);
    assertThat(matcher.find()).as("a function of the page says its file: %s", source).isTrue();
    return matcher.group(1);
  }

  static Stream<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    String function = "";
    for (MatchResult block : blocks()) {
      if (isFunction(block)) {
        function = nameOf(block.group(3));
      } else {
        examples.add(new Example(function, block.group(2), block.group(3).strip()));
      }
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleGivesWhatThePageSays(Example example) throws IOException {
    for (MatchResult block : blocks()) {
      if (isFunction(block)) {
        app.function(nameOf(block.group(3)), block.group(3));
      }
    }

    Outcome outcome = app.call(example.function());

    switch (example.kind()) {
      case "json" ->
          assertThat(outcome)
              .isEqualTo(
                  new Outcome.Returned(
                      BsonDocument.parse("{value: " + example.expected() + "}")
                          .get("value", new BsonString("absent"))));
      case "text" ->
          assertThat(outcome)
              .isInstanceOfSatisfying(
                  Outcome.Threw.class,
                  threw -> assertThat(threw.message()).isEqualTo(example.expected()));
      default -> assertThat(app.lines.getLast().text().strip()).isEqualTo(example.expected());
    }
  }

  @Test
  void everyFunctionHasAResultUnlessThePageSaysWhyNot() throws IOException {
    List<MatchResult> blocks = blocks();
    for (int i = 0; i < blocks.size(); i++) {
      boolean hasResult = i + 1 < blocks.size() && !isFunction(blocks.get(i + 1));
      if (isFunction(blocks.get(i))) {
        assertThat(hasResult)
            .as("a result after, or a reason before: %s", blocks.get(i).group())
            .isEqualTo(blocks.get(i).group(1) == null);
      }
    }
  }

  @Test
  void thePageHasExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(12);
  }
}
