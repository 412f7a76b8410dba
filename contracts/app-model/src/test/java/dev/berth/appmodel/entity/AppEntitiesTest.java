package dev.berth.appmodel.entity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.difference.AppDifferences;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.document.Samples;
import dev.berth.appmodel.entity.AppEntities.Edited;
import dev.berth.appmodel.entity.AppEntities.Reason;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.Json.Truth;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Things of an app, edited one by one.
class AppEntitiesTest {

  private static final AppDocument APP = Samples.taken(Samples.of20210101()).document();

  private static final String ONE_OF_EACH =
      """
      FUNCTION          |      | {"name": "twice", "private": true, "source": "exports = 9"}
      FUNCTION          |      | {"name": "a/b", "source": "exports = 9"}
      VALUE             |      | {"name": "colour", "value": {"$numberInt": "3"}}
      TRIGGER           |      | {"name": "daily", "type": "SCHEDULED", "config": {"schedule": "0 1 * * *"}, "function_name": "sum"}
      LOG_FORWARDER     |      | {"name": "all", "action": {"type": "function", "name": "sum"}}
      ENDPOINT          |      | {"route": "/new", "http_method": "POST", "function_name": "sum"}
      AUTH_PROVIDER     |      | {"name": "local-userpass", "type": "local-userpass"}
      SERVICE           |      | {"name": "second", "type": "mongodb-atlas", "config": {"clusterName": "B"}}
      SERVICE           |      | {"name": "hooks", "type": "http", "config": {}}
      RULE              | main | {"database": "shop", "collection": "people", "roles": [{"name": "a", "read": true}]}
      RULE              | main | {"database": "shop", "collection": "visits", "roles": [{"name": "a", "read": true}]}
      WEBHOOK           | web  | {"name": "sent", "respond_result": true, "source": "exports = 8"}
      SCHEMA            |      | {"metadata": {"data_source": "main", "database": "shop", "collection": "visits"}, "schema": {"bsonType": "object"}, "relationships": {}}
      CUSTOM_RESOLVER   |      | {"on_type": "Query", "field_name": "mean", "function_name": "sum"}
      ENVIRONMENT_VALUE |      | {"name": "host", "values": {"none": "a", "qa": "b"}}
      """;

  private static Fields json(String text) throws EjsonParseException {
    return (Fields) Json.of(LocatedJson.parse("value", text));
  }

  private static AppEntities edited(AppEntities.Edit edit) {
    return switch (edit) {
      case Edited(var document, _) -> new AppEntities(document);
      case AppEntities.Refused refused -> throw new AssertionError(refused);
    };
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ONE_OF_EACH)
  void whatIsAddedIsThereAndTheAppIsStillOne(EntityKind kind, String owner, String value)
      throws EjsonParseException {
    AppEntities app = new AppEntities(APP);
    String service = owner == null ? "" : owner;
    int before = app.list(kind, service).size();

    Edited added = (Edited) app.add(kind, service, json(value));

    AppDocument again =
        Samples.document(Samples.bundle(AppExport.bundle(added.document(), Layout.V20210101)));
    Entity found =
        Objects.requireNonNull(new AppEntities(again).find(kind, service, added.entity().id()));
    assertThat(found.value()).isEqualTo(json(value));
    assertThat(new AppEntities(again).list(kind, service)).hasSize(before + 1);
    Samples.app(Samples.bundle(AppExport.bundle(again, Layout.V20230101)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ONE_OF_EACH)
  void whatIsAddedAndRemovedLeavesNothing(EntityKind kind, String owner, String value)
      throws EjsonParseException {
    String service = owner == null ? "" : owner;
    Edited added = (Edited) new AppEntities(APP).add(kind, service, json(value));

    AppEntities removed =
        edited(new AppEntities(added.document()).remove(kind, service, added.entity().id()));

    assertThat(removed.list(kind, service)).isEqualTo(new AppEntities(APP).list(kind, service));
    assertThat(AppDifferences.between(APP, removed.document())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = ONE_OF_EACH)
  void aSecondOfTheSameNameIsRefused(EntityKind kind, String owner, String value)
      throws EjsonParseException {
    String service = owner == null ? "" : owner;
    AppEntities app = edited(new AppEntities(APP).add(kind, service, json(value)));

    assertThat(app.add(kind, service, json(value)))
        .isInstanceOfSatisfying(
            AppEntities.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.NAME_TAKEN));
  }

  @ParameterizedTest
  @CsvSource({
    "FUNCTION,''",
    "ENDPOINT,''",
    "AUTH_PROVIDER,''",
    "RULE,main",
    "SCHEMA,''",
    "CUSTOM_RESOLVER,''",
    "ENVIRONMENT_VALUE,''"
  })
  void whatHasNoNameIsRefused(EntityKind kind, String owner) {
    assertThat(new AppEntities(APP).add(kind, owner, Fields.none()))
        .isInstanceOfSatisfying(
            AppEntities.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.INCOMPLETE));
  }

  @Test
  void aRuleOfNoServiceIsRefused() throws EjsonParseException {
    assertThat(
            new AppEntities(APP)
                .add(EntityKind.RULE, "gone", json("{\"database\": \"a\", \"collection\": \"b\"}")))
        .isInstanceOfSatisfying(
            AppEntities.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void anIdIsTheSameInEveryRevision() {
    String id = Entity.id(EntityKind.FUNCTION, "", "sum");
    AppEntities first =
        new AppEntities(Samples.taken(Samples.ofFirstGeneration(20180301)).document());

    assertThat(id).matches("[0-9a-f]{24}");
    assertThat(
            Objects.requireNonNull(new AppEntities(APP).find(EntityKind.FUNCTION, "", id)).name())
        .isEqualTo("sum");
    assertThat(Objects.requireNonNull(first.find(EntityKind.FUNCTION, "", id)).name())
        .isEqualTo("sum");
  }

  @Test
  void aRuleIsReplacedAndItsSchemaStays() throws EjsonParseException {
    AppEntities app = new AppEntities(APP);
    Entity rule = Objects.requireNonNull(app.named(EntityKind.RULE, "main", "shop.orders"));
    Fields other = json("{\"database\": \"shop\", \"collection\": \"orders\", \"roles\": []}");

    AppEntities replaced = edited(app.replace(EntityKind.RULE, "main", rule.id(), other));

    assertThat(replaced.list(EntityKind.RULE, "main").getFirst().value()).isEqualTo(other);
    assertThat(replaced.list(EntityKind.SCHEMA)).isEqualTo(app.list(EntityKind.SCHEMA));
  }

  @Test
  void aSchemaIsRemovedAndItsRuleStays() {
    AppEntities app = new AppEntities(APP);
    Entity schema = app.list(EntityKind.SCHEMA).getFirst();

    AppEntities removed = edited(app.remove(EntityKind.SCHEMA, "", schema.id()));

    assertThat(removed.list(EntityKind.RULE, "main")).isEqualTo(app.list(EntityKind.RULE, "main"));
    assertThat(removed.list(EntityKind.SCHEMA)).hasSize(1);
  }

  @Test
  void aRenamedFunctionTakesItsSourceAlong() throws EjsonParseException {
    AppEntities app = new AppEntities(APP);
    String id = Entity.id(EntityKind.FUNCTION, "", "tools/add");

    AppEntities renamed =
        edited(
            app.replace(
                EntityKind.FUNCTION,
                "",
                id,
                json("{\"name\": \"plus\", \"source\": \"exports = 2\"}")));

    assertThat(renamed.list(EntityKind.FUNCTION))
        .extracting(Entity::name)
        .containsExactly("sum", "plus");
    assertThat(renamed.document().content().fields("functions").fields("sources").members())
        .containsOnlyKeys("sum.js", "plus.js");
  }

  @Test
  void aRenamedServiceKeepsItsRules() throws EjsonParseException {
    AppEntities app = new AppEntities(APP);
    String id = Entity.id(EntityKind.SERVICE, "", "main");

    AppEntities renamed =
        edited(
            app.replace(
                EntityKind.SERVICE,
                "",
                id,
                json("{\"name\": \"db\", \"type\": \"mongodb-atlas\"}")));

    assertThat(renamed.list(EntityKind.RULE, "db")).hasSize(1);
  }

  @Test
  void theDefaultRuleOfAServiceIsAtMostOne() {
    AppEntities app = new AppEntities(APP);
    Entity rule = app.list(EntityKind.DEFAULT_RULE, "main").getFirst();

    AppEntities removed = edited(app.remove(EntityKind.DEFAULT_RULE, "main", rule.id()));

    assertThat(removed.list(EntityKind.DEFAULT_RULE, "main")).isEmpty();
    assertThat(app.list(EntityKind.DEFAULT_RULE, "web")).isEmpty();
  }

  @Test
  void settingsAreReadAndSet() {
    AppDocument changed =
        AppSetting.CUSTOM_USER_DATA.set(APP, Fields.of("enabled", new Truth(false)));
    changed = AppSetting.ENVIRONMENT.set(changed, new Text("production"));
    changed = AppSetting.ALLOWED_REQUEST_ORIGINS.set(changed, null);

    assertThat(AppSetting.CUSTOM_USER_DATA.of(changed))
        .isEqualTo(Fields.of("enabled", new Truth(false)));
    assertThat(AppSetting.ENVIRONMENT.of(changed)).isEqualTo(new Text("production"));
    assertThat(AppSetting.ALLOWED_REQUEST_ORIGINS.of(changed)).isNull();
    assertThat(changed.content().fields("auth").get("providers")).isNotNull();
  }
}
