package dev.berth.appmodel.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.document.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people read before they deploy.
class AppDifferencesTest {

  private static final String TEXT = Samples.of20210101();

  private static List<String> between(String before, String after) {
    return AppDifferences.between(
        Samples.taken(before).document(), Samples.taken(after).document());
  }

  @Test
  void thereIsNoneBetweenTheSame() {
    assertThat(between(TEXT, TEXT)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void theLayoutOfFilesIsNone(Layout layout) {
    AppDocument document = Samples.taken(TEXT).document();

    AppDocument again = Samples.document(Samples.bundle(AppExport.bundle(document, layout)));

    assertThat(AppDifferences.between(document, again.about(document))).isEmpty();
  }

  @Test
  void aChangedFunctionIsShownLineByLine() {
    String after = TEXT.replace("\"private\": true", "\"private\": false");

    assertThat(between(TEXT, after))
        .containsExactly(
            """
            changed: function sum
            @@ -1,5 +1,5 @@
             {
                 "name": "sum",
            -    "private": true
            +    "private": false
             }
             exports = () => 1 < 2 && '<'""");
  }

  @Test
  void whatIsNewOrGoneIsShownWhole() {
    String after = TEXT.replace("\"name\": \"limit\"", "\"name\": \"maximum\"");

    assertThat(between(TEXT, after))
        .extracting(difference -> difference.lines().findFirst().orElse(""))
        .containsExactly("removed: value limit", "added: value maximum");
  }

  @Test
  void noSecretIsShown() {
    String after = TEXT.replace("open sesame", "open barley");

    assertThat(between(TEXT, after))
        .containsExactly("changed: webhook of web paid\nonly what is not shown differs");
    assertThat(between("{\"config_version\": 20210101}", TEXT).toString())
        .doesNotContain("open sesame");
  }

  @Test
  void aLongOneIsCut() {
    String lines = "line\\n".repeat(5000);
    String after = TEXT.replace("exports = 2", lines);

    assertThat(between(TEXT, after).getFirst().lines().count()).isLessThan(500);
    assertThat(between(TEXT, after).getFirst()).endsWith("... and more");
  }

  @Test
  void twoLongTextsThatHaveNothingInCommonAreComparedInNoTime() {
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      one.append('a').append(i).append("\\n");
      other.append('b').append(i).append("\\n");
    }

    assertThat(
            between(
                TEXT.replace("exports = 2", one.toString()),
                TEXT.replace("exports = 2", other.toString())))
        .hasSize(1);
  }

  @Test
  void nothingReachesATerminalAsACommand() {
    String after = TEXT.replace("exports = 2", "\\u001b[2J");

    assertThat(between(TEXT, after).toString()).doesNotContain("\u001b");
  }

  @Test
  @Timeout(60)
  void thousandsOfTheSameNameAreToldApart() {
    String same = "{\"name\": \"same\", \"value\": 1},".repeat(100_000);
    String after = TEXT.replace("\"values\": [\n", "\"values\": [" + same);

    assertThat(between(TEXT, after)).hasSize(1001).last().isEqualTo("and 99000 more");
  }

  @Test
  void thousandsOfDifferencesAreCounted() {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 1500; i++) {
      values.append("{\"name\": \"v").append(i).append("\", \"value\": 1},");
    }
    String after = TEXT.replace("\"values\": [\n", "\"values\": [" + values);

    assertThat(between(TEXT, after)).hasSize(1001).last().isEqualTo("and 500 more");
  }
}
