package dev.berth.appmodel.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.difference.AppDifferences;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What comes in goes out again, whatever it was in between.
class RoundTripTest {

  private static Stream<String> documents() {
    return Stream.of(
        Samples.of20210101(),
        Samples.ofFirstGeneration(20180301),
        Samples.ofFirstGeneration(20200603));
  }

  private static Stream<Path> exampleApps() {
    Path root = Path.of("").toAbsolutePath();
    while (!root.resolve("examples").toFile().isDirectory()) {
      root = Objects.requireNonNull(root.getParent());
    }
    Path examples = root.resolve("examples");
    return Stream.of("quickstart", "authorization", "authentication").map(examples::resolve);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void anImportedDocumentIsTheSameWhenItsFilesAreReadAgain(String text) {
    ImportDocument.Taken taken = Samples.taken(text);

    AppBundle files = Samples.bundle(taken.bundle());

    assertThat(Samples.document(files).content())
        .isEqualTo(withEmptyParts(taken.document().content(), Samples.document(files).content()));
    assertThat(Samples.app(files).layout()).isEqualTo(taken.layout());
  }

  /// Parts that are empty are there after reading, and need not be before.
  private static Fields withEmptyParts(Fields content, Fields read) {
    Fields all = content;
    for (Map.Entry<String, Json> part : read.members().entrySet()) {
      boolean isEmpty =
          part.getValue().equals(new Json.Elements(List.of()))
              || part.getValue().equals(Fields.of("config", new Json.Elements(List.of())));
      all =
          isEmpty && all.get(part.getKey()) == null
              ? all.with(part.getKey(), part.getValue())
              : all;
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void anImportedDocumentIsAnApp(String text) {
    AppDefinition app = Samples.app(Samples.bundle(Samples.taken(text).bundle())).definition();

    assertThat(app.name()).isEqualTo("store");
    assertThat(app.providerRegion()).isEqualTo("aws-eu-west-1");
    assertThat(app.values()).containsOnlyKeys("limit", "key");
    assertThat(app.authProviders()).containsOnlyKeys("anon-user", "api-key");
    assertThat(app.webhooks()).hasSize(1);
    assertThat(app.triggers().getFirst().name()).isEqualTo("nightly: clean/up");
    assertThat(app.dataSources().getFirst().collections()).hasSize(2);
    assertThat(app.allowedRequestOrigins()).containsExactly("https://shop.example");
    assertThat(app.customUserData().enabled()).isTrue();
    assertThat(app.kept().graphql()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void anAppMeansTheSameInEveryLayout(Layout layout) {
    AppDocument document = Samples.taken(Samples.of20210101()).document();
    AppDefinition first =
        Samples.app(Samples.bundle(AppExport.bundle(document, Layout.V20210101))).definition();

    AppBundle files = Samples.bundle(AppExport.bundle(document, layout));
    AppDefinition app = Samples.app(files).definition();

    assertThat(app)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*\\.file", ".*sourceFile", "kept.*", "functions.*")
        .isEqualTo(first);
    assertThat(app.functions()).containsOnlyKeys(first.functions().keySet());
    assertThat(Samples.app(files).layout()).isEqualTo(layout);
  }

  @ParameterizedTest
  @MethodSource("exampleApps")
  void aBundleIsReadAsItsFolderIs(Path folder) {
    AppBundle bundle = Samples.bundle(AppBundle.of(folder));

    assertThat(Samples.app(bundle).definition())
        .isEqualTo(((AppDirectory.Loaded) AppDirectory.read(folder)).definition());
  }

  @ParameterizedTest
  @MethodSource("exampleApps")
  void anAppThatWasADocumentInBetweenIsTheSame(Path folder) {
    AppBundle bundle = Samples.bundle(AppBundle.of(folder));

    AppBundle again =
        Samples.bundle(AppExport.bundle(Samples.document(bundle), Samples.app(bundle).layout()));

    assertThat(Samples.app(again).definition()).isEqualTo(Samples.app(bundle).definition());
  }

  @ParameterizedTest
  @MethodSource("exampleApps")
  void anAppThatWasPulledAndPushedIsTheSame(Path folder) throws EjsonParseException {
    AppBundle bundle = Samples.bundle(AppBundle.of(folder));
    AppDocument document = Samples.document(bundle);

    String pulled = JsonWriter.compact(PushedDocument.of(document));
    AppBundle again = Samples.bundle(Samples.taken(pulled).bundle());

    assertThat(LocatedJson.parse("pulled", pulled)).isInstanceOf(JsonObject.class);
    assertThat(Samples.app(again).definition().endpoints())
        .extracting(Endpoint::route)
        .isEqualTo(
            Samples.app(bundle).definition().endpoints().stream().map(Endpoint::route).toList());
    assertThat(Samples.app(again).definition().dataSources())
        .isEqualTo(Samples.app(bundle).definition().dataSources());
    assertThat(Samples.app(again).definition().functions())
        .isEqualTo(Samples.app(bundle).definition().functions());
    assertThat(Samples.app(again).definition().environments())
        .isEqualTo(Samples.app(bundle).definition().environments());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentThatWasPulledAndPushedHasNoDifferences(String text) {
    AppDocument document = Samples.taken(text).document();

    String pulled = JsonWriter.compact(PushedDocument.of(document));

    assertThat(AppDifferences.between(document, Samples.taken(pulled).document())).isEmpty();
  }

  @Test
  void anExportOfTheSameLayoutIsByteForByteWhatWasImported() {
    AppBundle files = Samples.bundle(Samples.taken(Samples.of20210101()).bundle());

    AppBundle exported = Samples.bundle(AppExport.export(files, Layout.V20210101, null));

    assertThat(exported).isEqualTo(files);
  }

  @Test
  void anExportSaysWhichAppItIsInAMarkerFile() {
    AppBundle files = Samples.bundle(Samples.taken(Samples.of20210101()).bundle());

    AppBundle exported =
        Samples.bundle(
            AppExport.export(files, Layout.V20210101, new AppExport.Marker("g".repeat(24), "a")));

    assertThat(exported.text(".mdb/app_meta.json"))
        .isEqualTo(
            """
            {
                "group_id": "gggggggggggggggggggggggg",
                "app_id": "a",
                "config_version": 20210101
            }
            """);
    assertThat(Samples.app(exported).layout()).isEqualTo(Layout.V20210101);
  }

  @Test
  void aTemplateDoesNotSayWhichAppItWas() {
    AppDocument document = Samples.taken(Samples.of20210101()).document();
    Fields value = document.content().objects("values").getLast().with("id", "5f3");
    document = document.with("values", Json.Elements.of(List.of(value)));
    AppBundle files = Samples.bundle(AppExport.bundle(document, Layout.V20210101));

    AppBundle template = Samples.bundle(AppExport.template(files, Layout.V20230101));

    assertThat(template.text("root_config.json")).contains("\"store\"").doesNotContain("abcde");
    assertThat(template.text(".mdb/meta.json")).doesNotContain("abcde");
    assertThat(template.text("values/limit.json")).doesNotContain("5f3");
    assertThat(Samples.app(template).definition().declaredId()).isNull();
  }

  @Test
  void exportedJsonIsIndentedByFourAndEndsInALineFeed() {
    AppBundle files = Samples.bundle(Samples.taken(Samples.of20210101()).bundle());

    assertThat(files.text("services/sms/config.json"))
        .isEqualTo(
            """
            {
                "name": "sms",
                "type": "twilio",
                "config": {
                    "sid": "abc"
                }
            }
            """);
    assertThat(files.content("functions/sum.js"))
        .isEqualTo("exports = () => 1 < 2 && '<'".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anImportNeverMakesAnotherAppOfItsTarget() {
    AppDocument target = Samples.taken(Samples.of20210101()).document();
    AppDocument uploaded =
        Samples.taken(
                "{\"config_version\": 20210101, \"app_id\": \"other-qwert\", \"name\": \"other\","
                    + " \"location\": \"AU\", \"environment\": \"production\"}")
            .document();

    Fields content = uploaded.about(target).content();

    assertThat(content.text("app_id")).isEqualTo("store-abcde");
    assertThat(content.text("name")).isEqualTo("store");
    assertThat(content.text("location")).isEqualTo("IE");
    assertThat(content.text("deployment_model")).isEqualTo("LOCAL");
    assertThat(content.text("environment")).isEqualTo("production");
  }

  @Test
  void whatIsNoPartOfADocumentStaysBesideIt() {
    AppBundle files =
        Samples.bundle(
            Samples.bundle(Samples.taken(Samples.of20210101()).bundle())
                .with(
                    Map.of(
                        "functions/package.json", "{}".getBytes(StandardCharsets.UTF_8),
                        "hosting/files/index.html", "<p>".getBytes(StandardCharsets.UTF_8))));

    AppBundle again = Samples.bundle(AppExport.bundle(Samples.document(files), Layout.V20230101));

    assertThat(again.text("functions/package.json")).isEqualTo("{}");
    assertThat(again.text("hosting/files/index.html")).isEqualTo("<p>");
  }
}
