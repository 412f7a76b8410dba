package dev.berth.appmodel.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Nothing;
import dev.berth.appmodel.json.Json.Numeral;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.Json.Truth;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents that somebody made to break something: problems, never exceptions.
class HostileDocumentsTest {

  private static final List<Json> STRANGERS =
      List.of(
          new Nothing(),
          new Truth(true),
          new Numeral("-1e400"),
          new Text(""),
          new Text("../../../etc/passwd"),
          new Text("a/b\\c\u0000d"),
          new Text("\uD800"),
          new Text("node_modules"),
          new Text("x".repeat(5000)),
          new Elements(List.of()),
          new Elements(List.of(new Nothing(), new Numeral("1"))),
          Fields.none(),
          Fields.of("name", new Text("..")),
          Fields.of("$oid", new Numeral("1")));

  private static List<String> problems(ImportDocument.Result result) {
    return switch (result) {
      case ImportDocument.Taken _ -> List.of();
      case ImportDocument.Refused(var problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {20180301, 20210101, 0})
  void whateverStandsInTheWrongPlaceEndsInAResult(int version) throws EjsonParseException {
    Random random = new Random(version);
    Fields original =
        switch (version) {
          case 20210101 -> (Fields) Json.of(LocatedJson.parse("d", Samples.of20210101()));
          case 0 -> PushedDocument.of(Samples.taken(Samples.of20210101()).document());
          default -> (Fields) Json.of(LocatedJson.parse("d", Samples.ofFirstGeneration(version)));
        };
    int taken = 0;

    for (int i = 0; i < 1000; i++) {
      String text = JsonWriter.compact(mutated(original, random));
      if (ImportDocument.read(text) instanceof ImportDocument.Taken document
          && document.bundle() instanceof AppBundle.Taken(var bundle)) {
        AppDirectory.read(bundle);
        AppExport.document(bundle);
        taken++;
      }
    }

    assertThat(taken).isBetween(1, 999);
  }

  /// The value with one stranger somewhere in it.
  private static Json mutated(Json value, Random random) {
    boolean here = random.nextInt(4) == 0;
    return switch (value) {
      case Fields(var members) when !here && !members.isEmpty() -> {
        Map<String, Json> others = new LinkedHashMap<>(members);
        List<String> names = List.copyOf(members.keySet());
        String name = names.get(random.nextInt(names.size()));
        Json inner = members.getOrDefault(name, new Nothing());
        switch (random.nextInt(8)) {
          case 0 -> others.remove(name);
          case 1 -> {
            others.remove(name);
            others.put("../" + name, inner);
          }
          default -> others.put(name, mutated(inner, random));
        }
        yield new Fields(others);
      }
      case Elements(var values) when !here && !values.isEmpty() -> {
        List<Json> others = new ArrayList<>(values);
        int index = random.nextInt(values.size());
        others.set(index, mutated(values.get(index), random));
        if (random.nextInt(8) == 0) {
          others.add(values.get(index));
        }
        yield new Elements(others);
      }
      case Json _ -> STRANGERS.get(random.nextInt(STRANGERS.size()));
    };
  }

  @Test
  void whatIsNestedTooDeepIsRefused() {
    String deep = "{\"config_version\": 20210101, \"values\": " + "[".repeat(100_000);

    assertThat(problems(ImportDocument.read(deep)))
        .containsExactly("document:1: malformed JSON at column 239: nested deeper than 200 levels");
  }

  @Test
  void moreValuesThanAnyAppHasAreRefused() {
    String many = "{\"config_version\": 20210101, \"x\": [" + "0,".repeat(1_000_000) + "0]}";

    assertThat(problems(ImportDocument.read(many)))
        .singleElement()
        .asString()
        .contains("more than 1000000 values");
  }

  @Test
  void manyValuesUnderALongNameDoNotRepeatIt() {
    String name = "k".repeat(50_000);
    String many = "{\"config_version\": 3, \"" + name + "\": [" + "0,".repeat(200_000) + "0]}";

    // Ten thousand million characters, were each of them to know its whole way.
    assertThat(problems(ImportDocument.read(many))).isNotEmpty();
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] body = "{\"name\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(problems(ImportDocument.read(body)))
        .containsExactly("document: the document is not valid UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                          | document:1: expected an object, found an array
          {"config_version": 20220101}                | document:1 /config_version: the config_version is not known; allowed are 20180301, 20200603, 20210101, 20230101
          {"config_version": "20210101"}              | document:1 /config_version: the config_version is not known; allowed are 20180301, 20200603, 20210101, 20230101
          {"config_version": 20210101, "values": {}}  | document:1 /values: expected an array, found an object
          {"config_version": 20210101, "values": [5]} | document:1 /values/0: expected an object, found a number
          {"config_version": 20210101, "values": [{}]} | document:1 /values/0/name: "name" is required and missing or empty
          {"config_version": 20210101, "functions": {"sources": {"a.js": 5}}} | document:1 /functions/sources/a.js: expected a string, found a number
          {"config_version": 20180301, "functions": [{"config": {"name": "a"}}]} | document:1 /functions/0/source: "source" is required and missing or empty
          {"name": "a", "schemas": [{"metadata": {"data_source": "b", "database": "c", "collection": "d"}}]} | document /schemas/0: there is no data source named "b"
          """)
  void theProblemNamesThePlaceAndWhatIsAllowed(String document, String problem) {
    assertThat(problems(ImportDocument.read(document))).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../out.js", "/etc/out.js", "node_modules/a/index.js", ".git/hook.js", "a.json"})
  void aFunctionThatWouldLieElsewhereIsRefused(String path) {
    String document =
        "{\"config_version\": 20210101, \"name\": \"a\", \"functions\": {\"sources\": {\""
            + path
            + "\": \"exports = 1\"}}}";

    assertThat(Samples.taken(document).bundle()).isInstanceOf(AppBundle.Refused.class);
  }

  @Test
  void pathsOfAnotherSystemAreUnderstood() {
    String document =
        "{\"config_version\": 20210101, \"name\": \"a\","
            + " \"functions\": {\"config\": [{\"name\": \"a/b\"}],"
            + " \"sources\": {\"a\\\\b.js\": \"exports = 1\"}}}";

    AppBundle bundle = Samples.bundle(Samples.taken(document).bundle());

    assertThat(Samples.app(bundle).definition().functions()).containsOnlyKeys("a/b");
  }

  @Test
  void namesThatDifferInCaseAloneAreStillTwoThings() {
    String document =
        "{\"config_version\": 20210101, \"name\": \"a\", \"values\": ["
            + "{\"name\": \"size\", \"value\": 1}, {\"name\": \"Size\", \"value\": 2}]}";

    AppBundle bundle = Samples.bundle(Samples.taken(document).bundle());

    assertThat(Samples.app(bundle).definition().values()).containsOnlyKeys("size", "Size");
  }
}
