package dev.berth.appmodel.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.IncomingWebhook;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.Trigger;
import dev.berth.appmodel.ValidationMethod;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which layout a directory is of, and that each is read to its last file.
class LayoutsTest {

  @TempDir Path folder;

  private static FunctionDefinition function(AppDefinition definition, String name) {
    return Objects.requireNonNull(definition.functions().get(name));
  }

  @Test
  void theNewestLayoutIsRead() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with(
                "https_endpoints/config.json",
                "[{'route': '/hello', 'http_method': 'GET', 'function_name': 'hello',"
                    + "'respond_result': true, 'return_type': 'JSON'}]")
            .with("values/limit.json", "{'name': 'limit', 'value': {'$numberInt': '5'}}")
            .with("environments/no-environment.json", "{'values': {'base': 'https://x'}}")
            .with(
                "triggers/t.json",
                "{'name': 'nightly', 'type': 'SCHEDULED', 'config': {'schedule': '0 3 * * 1-5'},"
                    + "'event_processors': {'FUNCTION': {'config': {'function_name': 'hello'}}}}");

    AppDirectory.Loaded loaded = app.load();
    AppDefinition definition = loaded.definition();

    assertThat(loaded.layout()).isEqualTo(Layout.V20230101);
    assertThat(loaded.warnings()).isEmpty();
    assertThat(definition.name()).isEqualTo("shop");
    assertThat(definition.declaredId()).isEqualTo(new AppId("shop-abcde"));
    assertThat(definition.deploymentModel()).isEqualTo(DeploymentModel.LOCAL);
    assertThat(definition.endpoints())
        .extracting(Endpoint::route, Endpoint::method, Endpoint::functionName)
        .containsExactly(tuple("/hello", HttpMethod.GET, "hello"));
    assertThat(function(definition, "hello").runAs()).isEqualTo(new RunAs.AsSystem());
    assertThat(function(definition, "hello").source()).isEqualTo("exports = () => 1;");
    assertThat(definition.values())
        .isEqualTo(Map.of("limit", new AppValue.Plain("limit", new BsonInt32(5))));
    assertThat(definition.environment().values())
        .containsEntry("base", new BsonString("https://x"));
    assertThat(definition.triggers())
        .extracting(Trigger::name, Trigger::functionName)
        .containsExactly(tuple("nightly", "hello"));
  }

  @Test
  void realmConfigIsThe2021Layout() {
    AppFolder app =
        new AppFolder(folder)
            .with(
                "realm_config.json",
                "{'app_id': 'a-bcdef', 'config_version': 20210101, 'name': 'a', 'location': 'IE'}")
            .with("functions/config.json", "[{'name': 'utils/add'}]")
            .with("functions/utils/add.js", "exports = 1")
            .with(
                "http_endpoints/config.json",
                "[{'route': '/add', 'http_method': '*', 'function_name': 'utils/add'}]");

    AppDirectory.Loaded loaded = app.load();

    assertThat(loaded.layout()).isEqualTo(Layout.V20210101);
    assertThat(loaded.definition().declaredId()).isEqualTo(new AppId("a-bcdef"));
    assertThat(loaded.definition().providerRegion()).isEqualTo("aws-eu-west-1");
    assertThat(loaded.definition().endpoints().getFirst().method()).isEqualTo(HttpMethod.ANY);
  }

  @Test
  void stitchAndItsWebhooksAreRead() {
    AppFolder app =
        new AppFolder(folder)
            .with(
                "stitch.json",
                "{'config_version': 20180301, 'name': 'old', 'app_id': 'old-abcde',"
                    + "'custom_user_data_config': {'enabled': true, 'mongo_service_name': 'db',"
                    + "'database_name': 'd', 'collection_name': 'c', 'user_id_field': 'u'},"
                    + "'security': {'allowed_request_origins': ['https://a.example']}}")
            .with("functions/sum/config.json", "{'name': 'sum', 'private': true}")
            .with("functions/sum/source.js", "exports = 2")
            .with("auth_providers/api-key.json", "{'name': 'api-key', 'type': 'api-key'}")
            .with("services/db/config.json", "{'name': 'db', 'type': 'mongodb-atlas'}")
            .with(
                "services/db/rules/d.c.json",
                "{'database': 'd', 'collection': 'c', 'roles': [{'name': 'all', 'read': true}],"
                    + "'schema': {'bsonType': 'object'}}")
            .with("services/web/config.json", "{'name': 'web', 'type': 'http', 'config': {}}")
            .with("services/web/rules/out.json", "{'name': 'out', 'actions': ['get']}")
            .with(
                "services/web/incoming_webhooks/hook/config.json",
                "{'name': 'hook', 'respond_result': true, 'options': {'httpMethod': 'POST',"
                    + "'validationMethod': 'VERIFY_PAYLOAD', 'secret': 'open sesame'}}")
            .with("services/web/incoming_webhooks/hook/source.js", "exports = 3");

    AppDefinition definition = app.definition();

    IncomingWebhook webhook = definition.webhooks().getFirst();
    assertThat(webhook.runAs()).isEqualTo(new RunAs.AsSystem());
    assertThat(webhook.validationMethod()).isEqualTo(ValidationMethod.VERIFY_PAYLOAD);
    assertThat(definition.toString()).doesNotContain("open sesame");
    Endpoint endpoint = definition.endpoints().getFirst();
    assertThat(endpoint.route()).isEqualTo("/web/hook");
    assertThat(endpoint.method()).isEqualTo(HttpMethod.POST);
    assertThat(function(definition, endpoint.functionName()).source()).isEqualTo("exports = 3");
    assertThat(definition.withLiteralSecrets(Secrets.none()).find(webhook.secretName()))
        .isEqualTo("open sesame");
    assertThat(endpoint.secretName()).isEqualTo(webhook.secretName());
    assertThat(definition.functions()).containsOnlyKeys("sum", "webhook:web/hook");
    assertThat(definition.dataSources().getFirst().collections().getFirst().schema()).isNotNull();
    assertThat(definition.allowedRequestOrigins()).containsExactly("https://a.example");
    assertThat(definition.customUserData().enabled()).isTrue();
    assertThat(definition.authProviders()).containsOnlyKeys("api-key");
    assertThat(app.problems()).isEmpty();
  }

  @Test
  void configJsonIsThe2020Layout() {
    AppFolder app =
        new AppFolder(folder).with("config.json", "{'config_version': 20200603, 'name': 'b'}");

    assertThat(app.load().layout()).isEqualTo(Layout.V20200603);
  }

  @Test
  void rootConfigThatSays2021HasThatContent() {
    AppFolder app =
        new AppFolder(folder).with("root_config.json", "{'config_version': 20210101, 'name': 'b'}");

    assertThat(app.load().layout()).isEqualTo(Layout.V20210101);
  }

  @Test
  void theRootIsFoundFromAFolderInside() {
    AppFolder app = AppFolder.of20230101(folder);

    assertThat(AppDirectory.read(app.path().resolve("functions")))
        .isInstanceOfSatisfying(
            AppDirectory.Loaded.class,
            loaded -> assertThat(loaded.definition().name()).isEqualTo("shop"));
  }

  @Test
  void leftOversOfAnUpgradeAreNamedAndNotRead() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("realm_config.json", "{'config_version': 20210101, 'name': 'older'}")
            .with("https_endpoints/config.json", "[]")
            .with("http_endpoints/config.json", "[{'route': 5}]");

    assertThat(app.definition().name()).isEqualTo("shop");
    assertThat(app.problems())
        .containsExactly(
            "WARNING realm_config.json: the file is not read: root_config.json is the root",
            "WARNING http_endpoints: the folder is not read: https_endpoints is");
  }

  @Test
  void endpointsInTheOtherLayoutsFolderAreReadWhenThereAreNoOthers() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with(
                "http_endpoints/config.json",
                "[{'route': '/a', 'http_method': 'put', 'function_name': 'hello'}]");

    assertThat(app.definition().endpoints()).hasSize(1);
    assertThat(app.problems()).isEmpty();
  }

  @Test
  void theScriptOfTheDataApiIsCodeOfTheAppAsLongAsItIsEnabled() {
    String script = "'run_as_user_id_script_source': 'exports = () => 1'";
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("https_endpoints/data_api_config.json", "{'disabled': false, " + script + "}");

    assertThat(app.definition().code())
        .extracting(FunctionDefinition::name)
        .containsExactlyInAnyOrder("hello", "run_as::data_api");
    app.with("https_endpoints/data_api_config.json", "{'disabled': true, " + script + "}");
    assertThat(app.definition().code())
        .extracting(FunctionDefinition::name)
        .containsExactly("hello");
  }

  @Test
  void templatesTakeTheValuesOfTheEnvironment() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("root_config.json", "{'name': 'shop', 'environment': 'qa'}")
            .with("environments/qa.json", "{'values': {'cluster': 'Q', 'n': 3}}")
            .with("values/v.json", "{'name': 'v', 'value': 'w'}")
            .with(
                "data_sources/mongodb-atlas/config.json",
                "{'type': 'mongodb-atlas', 'config': {'clusterName': '%(%%environment.values"
                    + ".cluster)-%(%%environment.tag)-%(%%environment.values.n)-%(%%values.v)'}}");

    assertThat(app.definition().dataSources().getFirst().clusterName()).isEqualTo("Q-qa-3-w");
  }

  @Test
  void theOldestTemplatesWithoutANameTakeTheFolders() {
    AppFolder app =
        new AppFolder(folder.resolve("tracker"))
            .with("stitch.json", "{'config_version': 20180301}");

    assertThat(app.definition().name()).isEqualTo("tracker");
    assertThat(app.problems())
        .containsExactly("WARNING stitch.json:1 /name: \"name\" is missing; read as \"tracker\"");
  }
}
