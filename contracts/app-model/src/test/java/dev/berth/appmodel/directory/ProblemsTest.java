package dev.berth.appmodel.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.ReturnType;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is refused, with which words, and what is tolerated.
class ProblemsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'route':'/a','http_method':'FETCH','function_name':'hello'} \
          | ERROR https_endpoints/config.json:1 /0/http_method: found "FETCH"; allowed are GET, POST, PUT, PATCH, DELETE, HEAD, ANY, *
          {'route':'/a','http_method':'GET','function_name':'gone'} \
          | ERROR https_endpoints/config.json:1 /0/function_name: there is no function named "gone"
          {'route':'/a','http_method':'GET'} \
          | ERROR https_endpoints/config.json:1 /0/function_name: "function_name" is required and missing or empty
          {'http_method':'GET','function_name':'hello'} \
          | ERROR https_endpoints/config.json:1 /0/route: "route" is required and missing or empty
          {'route':7,'http_method':'GET','function_name':'hello'} \
          | ERROR https_endpoints/config.json:1 /0/route: expected a string, found a number
          {'route':'/a','http_method':'GET','function_name':'hello','disabled':'no'} \
          | ERROR https_endpoints/config.json:1 /0/disabled: expected true or false, found a string
          {'route':'/a','http_method':'GET','function_name':'hello','return_type':'XML'} \
          | ERROR https_endpoints/config.json:1 /0/return_type: found "XML"; allowed are JSON, EJSON
          {'route':'/a','http_method':'GET','function_name':'hello','validation_method':'VERIFY_PAYLOAD'} \
          | ERROR https_endpoints/config.json:1 /0/secret_name: "secret_name" is required by VERIFY_PAYLOAD and missing
          {'route':'/a','http_method':'GET','function_name':'hello','validation_method':'TRUST'} \
          | ERROR https_endpoints/config.json:1 /0/validation_method: found "TRUST"; allowed are NO_VALIDATION, SECRET_AS_QUERY_PARAM, VERIFY_PAYLOAD
          {'route':'/a','http_method':'GET','function_name':'hello','can_evaluate':5} \
          | ERROR https_endpoints/config.json:1 /0/can_evaluate: expected an expression (an object, true, false or "%%…"), found a number
          {'route':'/a','http_method':'GET','function_name':'hello','can_evaluate':{'x':{'$oid':1}}} \
          | ERROR https_endpoints/config.json:1 /0/can_evaluate: malformed $oid: expected a string of 24 hex digits
          {'route':'/a','function_name':'hello'} \
          | WARNING https_endpoints/config.json:1 /0/http_method: "http_method" is missing; read as *
          {'route':'a','http_method':'GET','function_name':'hello'} \
          | WARNING https_endpoints/config.json:1 /0/route: the route "a" is read as "/a"
          """)
  void anEndpointsProblemNamesItsPlaceAndWhatIsAllowed(String endpoint, String problem) {
    AppFolder app =
        AppFolder.of20230101(folder).with("https_endpoints/config.json", "[" + endpoint + "]");

    assertThat(app.problems()).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          root_config.json | {'name':'no spaces'} \
          | ERROR root_config.json:1 /name: found the name "no spaces"; allowed are 1 to 32 letters, digits, "_" or "-", the first a letter
          root_config.json | {} | ERROR root_config.json:1 /name: "name" is required and missing or empty
          root_config.json | [] | ERROR root_config.json:1: expected an object, found an array
          root_config.json | {'name':'a','environment':'prod'} \
          | ERROR root_config.json:1 /environment: found "prod"; allowed are development, testing, qa, production, no-environment
          root_config.json | {'name':'a','deployment_model':'MARS'} \
          | WARNING root_config.json:1 /deployment_model: found "MARS", read as GLOBAL; known are GLOBAL, LOCAL
          root_config.json | {'name':'a','provider_region':'moon'} \
          | WARNING root_config.json:1 /provider_region: "moon" is not known; read as aws-us-east-1
          root_config.json | {'name':'a','allowed_request_origins':['example.com']} \
          | ERROR root_config.json:1 /allowed_request_origins: found the origin "example.com"; expected <scheme>://<host>[:<port>]
          .mdb/meta.json | {'config_version':20990101} \
          | ERROR .mdb/meta.json /config_version: found config_version 20990101; allowed are 20180301, 20200603, 20210101, 20230101
          environments/prod.json | {} \
          | WARNING environments/prod.json: the file is not read; environments are no-environment, development, testing, qa, production
          values/a.json | {'name':'-a','value':1} \
          | ERROR values/a.json:1 /name: found the name "-a"; allowed are 1 to 64 letters, digits, "_" or "-", the first a letter or digit
          values/a.json | {'name':'a'} | ERROR values/a.json:1 /value: "value" is required and missing
          values/a.json | {'name':'a','from_secret':true,'value':{}} \
          | ERROR values/a.json:1 /value: expected a string, found an object
          functions/config.json | [{'name':'hello'},{'name':'gone'}] \
          | ERROR functions/config.json:1 /1/name: the source of the function "gone" is missing: functions/gone.js
          functions/config.json | [{'name':'hello'},{'name':'hello'}] \
          | ERROR functions/config.json:1 /1/name: the function "hello" is also defined in functions/config.json:1
          functions/config.json | [{'name':'hello','run_as_user_id':'a','run_as_user_id_script_source':'b'}] \
          | ERROR functions/config.json:1 /0/run_as_user_id: run_as_user_id and run_as_user_id_script_source exclude each other; found both
          functions/config.json | [] \
          | WARNING functions/hello.js: functions/config.json has no entry for it; it is a public function that runs as the user who calls it
          auth/providers.json | {'x':{'type':'oauth2-x'}} \
          | ERROR auth/providers.json:1 /x/type: found "oauth2-x"; allowed are anon-user, api-key, local-userpass, custom-token, custom-function, oauth2-google, oauth2-facebook, oauth2-apple
          auth/providers.json | {'x':{'type':'custom-function','config':{'authFunctionName':'gone'}}} \
          | ERROR auth/providers.json:1 /x/config/authFunctionName: there is no function named "gone"
          auth/custom_user_data.json | {'enabled':true,'mongo_service_name':'m','database_name':'d','collection_name':'c','user_id_field':'u'} \
          | ERROR auth/custom_user_data.json:1 /mongo_service_name: there is no data source named "m"
          data_sources/mongodb-atlas/config.json | {'type':'postgres'} \
          | ERROR data_sources/mongodb-atlas/config.json:1 /type: found "postgres"; allowed are mongodb-atlas, datalake, mongodb
          data_sources/mongodb-atlas/config.json | {'type':'datalake','config':{'readPreference':'best'}} \
          | ERROR data_sources/mongodb-atlas/config.json:1 /config/readPreference: found "best"; allowed are primary, primaryPreferred, secondary, secondaryPreferred, nearest
          data_sources/mongodb-atlas/d/c/rules.json | {} \
          | ERROR data_sources/mongodb-atlas/d/c/rules.json:1: found an empty object; expected database, collection, roles
          data_sources/mongodb-atlas/d/c/relationships.json | {} \
          | ERROR data_sources/mongodb-atlas/d/c: expected rules.json, or both schema.json and relationships.json; found neither rules nor a schema
          data_sources/mongodb-atlas/d/c/schema.json | {} \
          | WARNING data_sources/mongodb-atlas/d/c: relationships.json is missing beside schema.json; read as {}
          data_sources/mongodb-atlas/default_rule.json | {'roles':[{'name':'a'},{'name':'a'}]} \
          | ERROR data_sources/mongodb-atlas/default_rule.json:1 /roles/1/name: the name "a" is used twice
          triggers/t.json | {'name':'t','type':'SCHEDULED','function_name':'hello','config':{'schedule':'* *'}} \
          | ERROR triggers/t.json:1 /config/schedule: found "* *"; expected five fields: minute hour day month weekday
          triggers/t.json | {'name':'t','type':'DATABASE','function_name':'hello','config':{'service_name':'mongodb-atlas','operation_types':['TOUCH','INSERT']}} \
          | ERROR triggers/t.json:1 /config/operation_types: found "TOUCH"; allowed are INSERT, UPDATE, REPLACE, DELETE, CREATE_COLLECTION, MODIFY_COLLECTION, RENAME_COLLECTION, DROP_COLLECTION, SHARD_COLLECTION, RESHARD_COLLECTION, REFINE_COLLECTION_SHARD_KEY, CREATE_INDEXES, DROP_INDEXES, DROP_DATABASE
          log_forwarders/f.json | {'name':'f','action':{'type':'mail'}} \
          | ERROR log_forwarders/f.json:1 /action/type: found "mail"; allowed are collection, function
          services/s/config.json | {'name':'s','type':'fax'} \
          | WARNING services/s/config.json:1 /type: the service "s" of the unknown type fax is kept for export; functions cannot use it
          hosting/metadata.json | [{'path':'/a.html','attrs':null}] \
          | ERROR hosting/metadata.json:1 /0/path: the file is missing: hosting/files/a.html
          hosting/config.json | {'default_error_code':'many'} \
          | ERROR hosting/config.json:1 /default_error_code: expected an integer, found a string
          sync/config.json | {'type':'flexible','state':'enabled'} \
          | WARNING sync/config.json:1 /state: Device Sync is kept for export, but not served
          graphql/custom_resolvers/r.json | {'on_type':'Query','function_name':'gone'} \
          | ERROR graphql/custom_resolvers/r.json:1 /function_name: there is no function named "gone"
          https_endpoints/svc/incoming_webhooks/h/config.json | {'name':'h'} \
          | ERROR https_endpoints/svc/config.json: the file is missing; every service has one
          values/a.json | {'name':'a','value' 1} \
          | ERROR values/a.json:1: malformed JSON at column 21: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value
          """)
  void everyKindOfFileHasItsProblems(String file, String content, String problem) {
    AppFolder app = AppFolder.of20230101(folder).with(file, content);

    assertThat(app.problems()).containsExactly(problem);
  }

  @Test
  void everyProblemOfEveryFileIsReportedAtOnceWithItsLine() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("values/broken.json", "{\n  'name': 'a',\n  'value': ]\n}")
            .with("values/b.json", "{\n\n  'name': 5,\n  'value': 1\n}")
            .with(
                "triggers/t.json",
                "{\n  'name': 't',\n  'type': 'HOURLY',\n" + "  'function_name': 'gone'\n}");

    assertThat(app.problems())
        .containsExactly(
            "ERROR values/b.json:3 /name: expected a string, found a number",
            "ERROR values/broken.json:3: malformed JSON at column 12: Unexpected character"
                + " (']' (code 93)): expected a valid value (JSON String, Number, Array, Object or"
                + " token 'null', 'true' or 'false')",
            "ERROR triggers/t.json:3 /type: found \"HOURLY\"; allowed are DATABASE, AUTHENTICATION,"
                + " SCHEDULED",
            "ERROR triggers/t.json:4 /function_name: there is no function named \"gone\"");
  }

  @Test
  void twoEndpointsOfOneRouteAndMethodAreListedWithBothPlaces() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with(
                "https_endpoints/config.json",
                """
                [
                  {'route': '/a', 'http_method': 'GET', 'function_name': 'hello'},
                  {'route': '/a', 'http_method': 'POST', 'function_name': 'hello'},
                  {'route': '/a', 'http_method': 'get', 'function_name': 'hello'}
                ]
                """);

    assertThat(app.problems())
        .containsExactly(
            "ERROR https_endpoints/config.json:4 /2: GET /a is already bound by"
                + " https_endpoints/config.json:2 /0");
  }

  @Test
  void aRouteOfTheEnabledDataApiIsRefused() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("https_endpoints/data_api_config.json", "{'versions': ['v1'], 'disabled': false}")
            .with(
                "https_endpoints/config.json",
                "[{'route': '/data/v1/x', 'http_method': 'GET', 'function_name': 'hello'}]");

    assertThat(app.problems())
        .containsExactly(
            "ERROR https_endpoints/config.json: the route \"/data/v1/x\" belongs to the Data API,"
                + " which is enabled");
  }

  @Test
  void aTemplateThatStandsForNothingIsAnError() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with(
                "https_endpoints/config.json",
                "[{'route': '/%(%%environment.values.x)', 'http_method': 'GET',"
                    + "'function_name': 'hello'}]");

    assertThat(app.problems())
        .containsExactly(
            "ERROR https_endpoints/config.json:1 /0/route: the template"
                + " %(%%environment.values.x) stands for nothing:"
                + " environments/no-environment.json has no such value");
  }

  @Test
  void unknownFieldsNullsAndLetterCaseAreTolerated() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("hosting/config.json", "{'default_error_code': '200'}")
            .with(
                "https_endpoints/config.json",
                "[{'id': 1, 'version': 1, 'route': '/a', 'http_method': 'any',"
                    + "'function_name': 'hello', 'return_type': 'json', 'validation_method': '',"
                    + "'secret_name': null, 'can_evaluate': null, 'disabled': null},"
                    + "{'route': '/b', 'http_method': 'GET', 'function_name': 'hello',"
                    + "'verification_method': 'NO_VALIDATION'}]");

    assertThat(app.definition().endpoints())
        .extracting(Endpoint::returnType)
        .containsExactly(ReturnType.JSON, ReturnType.EJSON);
    assertThat(app.definition().hosting().defaultErrorCode()).isEqualTo(200);
    assertThat(app.problems()).isEmpty();
  }

  @Test
  void secretsThatDoNotExistAreNamedWhereTheyAreUsed() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("values/key.json", "{'name': 'key',\n'from_secret': true,\n'value': 'keySecret'}")
            .with(
                "https_endpoints/config.json",
                "[{'route': '/a', 'http_method': 'GET', 'function_name': 'hello',"
                    + "'validation_method': 'SECRET_AS_QUERY_PARAM', 'secret_name': 'hook'}]");

    assertThat(app.load().missingSecrets(Set.of("hook")))
        .extracting(Problem::toString)
        .containsExactly("values/key.json:3 /value: there is no secret named \"keySecret\"");
    assertThat(app.load().missingSecrets(Set.of("hook", "keySecret"))).isEmpty();
  }
}
