package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.endtoend.DocumentedPage.Session;
import dev.berth.endtoend.DocumentedPage.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands of the documentation print what it says they print.
class DocumentedCommandsTest {

  /// Where the documentation has Berth listen.
  private static final String DOCUMENTED_ROOT = "http://localhost:8080/";

  @ParameterizedTest
  @ValueSource(strings = {"authentication.md", "authorization.md", "data-api.md"})
  void everyCommandOfAPagePrintsWhatStandsBelowIt(String name, @TempDir Path folder) {
    DocumentedPage page = DocumentedPage.read(name);
    List<String> arguments = new ArrayList<>(page.startArguments());
    arguments.addAll(List.of("--data", folder + "/db"));
    try (BerthProcess berth = BerthProcess.dev(folder, arguments.toArray(String[]::new))) {
      assertThat(page.sessions()).isNotEmpty().allSatisfy(session -> assertPrints(session, berth));
    }
  }

  private static void assertPrints(Session session, BerthProcess berth) {
    String root = berth.root().toString();
    List<String> commands =
        session.steps().stream()
            .map(step -> step.command().replace(DOCUMENTED_ROOT, root))
            .toList();

    assertThat(Shell.run(commands))
        .as(String.join("\n", commands))
        .isEqualTo(session.steps().stream().map(Step::answer).toList());
  }
}
