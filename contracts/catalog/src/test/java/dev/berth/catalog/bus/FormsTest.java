package dev.berth.catalog.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.bus.CatalogMessage.Changed;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The wire form of apps.
class FormsTest {

  private static final Forms FORMS = new Forms(CatalogMessage.class);

  private final CatalogCodec codec = new CatalogCodec(FORMS);

  record Part(
      String text,
      @Nullable Duration delay,
      double share,
      List<HttpMethod> methods,
      Set<Long> ids) {
    Part {
      if (text.equals("hush")) {
        throw new IllegalArgumentException("not allowed: " + text);
      }
    }
  }

  record Whole(Map<String, Part> parts, @Nullable RunAs runAs, @Nullable Whole inner) {}

  record Optionally(Whole whole, Optional<String> text) {}

  record HoldingNulls(List<@Nullable String> texts) {}

  record Renamed(String title, @Nullable String note) {}

  record Original(String name, @Nullable String note) {}

  record Required(String name, String note) {}

  @Test
  void anAppWithEverythingInItSurvivesTheWire() {
    List<DeployedApp> apps = samples();

    assertThat(apps)
        .allSatisfy(
            app ->
                assertThat(throughTheWire(new Changed(new AppChange.Deployed(app))))
                    .usingRecursiveComparison()
                    .isEqualTo(new Changed(new AppChange.Deployed(app))));
  }

  /// Otherwise the round trip shows nothing about them.
  @Test
  void theSamplesFillEveryComponentAndTakeEveryChoice() {
    Set<String> all = FilledComponents.ofType(DeployedApp.class);

    assertThat(all).hasSizeGreaterThan(150).contains("dev.berth.appmodel.Endpoint.route");
    assertThat(FilledComponents.ofValue(samples())).containsAll(all);
  }

  @Test
  void whatIsAbsentStaysAbsent() {
    Form form = new Forms(Whole.class).root();
    Whole empty = new Whole(Map.of(), null, null);

    assertThat(form.read(form.write(empty))).isEqualTo(empty);
    assertThat(form.write(empty)).isEqualTo(new BsonDocument("parts", new BsonArray()));
  }

  @Test
  void whatContainsItselfSurvivesTheWire() {
    Form form = new Forms(Whole.class).root();
    Part part = new Part("text", Duration.ofNanos(5), 0.5, List.of(HttpMethod.GET), Set.of(1L, 2L));
    Whole nested =
        new Whole(
            Map.of("a.b", part, "$\0", part),
            new RunAs.AsSystem(),
            new Whole(Map.of("", part), new RunAs.AsUser("ann"), null));

    assertThat(form.read(form.write(nested))).isEqualTo(nested);
  }

  @Test
  void aFaultIsNamedByItsPlaceAndNotByItsValue() {
    BsonDocument good = part();

    assertThatFault(part().append("text", new BsonInt32(4711)))
        .isEqualTo("parts[0].text is INT32 where text belongs");
    assertThatFault(without(good, "text")).isEqualTo("parts[0].text is missing");
    assertThatFault(part().append("text", new BsonString("hush")))
        .isEqualTo("parts[0] is refused by Part");
    assertThatFault(part().append("hush", new BsonString("hush")))
        .isEqualTo("parts[0] has a field that is no component of the record");
    assertThatFault(part().append("methods", array(new BsonString("GET"), new BsonString("hush"))))
        .startsWith("parts[0].methods[1] is none of [ANY, ");
    assertThatFault(part().append("ids", new BsonString("hush")))
        .isEqualTo("parts[0].ids is STRING where an array belongs");
    assertThatFault(new BsonString("hush"))
        .isEqualTo("parts[0] is STRING where a document belongs");
    assertThatFault(whole(array(new BsonString("hush"))))
        .isEqualTo("parts is not an array of keys and values");
    assertThatFault(whole(array(new BsonString("hush"), good, new BsonString("hush"), good)))
        .isEqualTo("parts[1] has the key of another entry");
    assertThatFault(whole(array()).append("runAs", new BsonDocument("Hush", new BsonDocument())))
        .isEqualTo("runAs is none of [AsSystem, AsUser, ByScript, Caller]");
    assertThatFault(whole(array()).append("runAs", new BsonString("hush")))
        .isEqualTo("runAs is not a document of one field");
  }

  @Test
  void whatIsNoBsonIsRefusedWithoutQuotingIt() {
    assertThatMessage(
            () -> codec.decodeFromWire(0, Buffer.buffer().appendInt(4).appendString("hush")))
        .isEqualTo("the message is not BSON");
    assertThatMessage(() -> codec.decodeFromWire(0, Buffer.buffer().appendInt(-1)))
        .isEqualTo("the message is not BSON");
    assertThatMessage(() -> codec.decodeFromWire(0, Buffer.buffer().appendInt(Integer.MAX_VALUE)))
        .isEqualTo("the message is not BSON");
  }

  @Test
  void whatCannotBeWrittenIsNamedByItsPlaceAndNotByItsValue() {
    Changed unwritable = new Changed(new AppChange.Deployed(Samples.unwritableApp("shop")));

    assertThatMessage(() -> codec.toBytes(unwritable))
        .isEqualTo("the message cannot be written as BSON");
  }

  @Test
  void aTypeThatNoFormKnowsIsRefusedAtOnceWithItsPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Forms(Optionally.class))
        .withMessageContaining("java.util.Optional<java.lang.String>")
        .withMessageContaining("Optionally.text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Forms(HoldingNulls.class))
        .withMessageContaining("elements that may be null")
        .withMessageContaining("HoldingNulls.texts");
  }

  @Test
  void theFingerprintIsThatOfTheStructure() {
    assertThat(new Forms(CatalogMessage.class).fingerprint())
        .isEqualTo(FORMS.fingerprint())
        .matches("[0-9a-f]{16}");
    assertThat(FORMS.structure())
        .contains("record dev.berth.appmodel.AppDefinition(name: text, declaredId?: ")
        .contains("enum dev.berth.appmodel.ReturnType[EJSON, JSON]")
        .contains("choice dev.berth.appmodel.RunAs[AsSystem, AsUser, ByScript, Caller]")
        .contains("secrets: secrets");
    assertThat(shapeOf(Renamed.class)).isNotEqualTo(shapeOf(Original.class));
    assertThat(shapeOf(Required.class)).isNotEqualTo(shapeOf(Original.class));
  }

  private static String shapeOf(Class<?> type) {
    return new Forms(type).structure().replace(type.getName(), "");
  }

  private static List<DeployedApp> samples() {
    Samples samples = new Samples();
    return IntStream.rangeClosed(1, 6).mapToObj(n -> samples.app("app-" + n, n)).toList();
  }

  private CatalogMessage throughTheWire(CatalogMessage message) {
    Buffer wire = Buffer.buffer("before");
    codec.encodeToWire(wire, message);
    return codec.decodeFromWire("before".length(), wire.appendString("after"));
  }

  private static BsonDocument part() {
    return new BsonDocument("text", new BsonString("text"))
        .append("share", new BsonDouble(1))
        .append("methods", array())
        .append("ids", array());
  }

  private static BsonDocument without(BsonDocument document, String name) {
    BsonDocument rest = document.clone();
    rest.remove(name);
    return rest;
  }

  private static BsonArray array(BsonValue... values) {
    return new BsonArray(new ArrayList<>(List.of(values)));
  }

  private static BsonDocument whole(BsonArray parts) {
    return new BsonDocument("parts", parts);
  }

  private static AbstractStringAssert<?> assertThatFault(BsonValue written) {
    BsonValue whole =
        written instanceof BsonDocument document && document.containsKey("parts")
            ? document
            : whole(array(new BsonString("hush"), written));
    return assertThatMessage(() -> new Forms(Whole.class).root().read(whole));
  }

  private static AbstractStringAssert<?> assertThatMessage(ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).isInstanceOf(FormException.class).hasNoCause();
    return assertThat(thrown).message().doesNotContain("hush", "4711");
  }
}
