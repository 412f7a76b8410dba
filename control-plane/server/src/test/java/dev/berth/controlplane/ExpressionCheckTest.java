package dev.berth.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wrong expressions are told like everything else that is wrong with an app: with their place.
class ExpressionCheckTest {

  @TempDir private Path folder;

  @BeforeEach
  void anApp() throws IOException {
    write("root_config.json", "{\"name\": \"shop\"}");
    write("functions/hello.js", "exports = () => 1;");
    write("functions/config.json", "[{\"name\": \"hello\", \"run_as_system\": true}]");
    write(
        "data_sources/mongodb-atlas/config.json",
        "{\"name\": \"mongodb-atlas\", \"type\": \"mongodb-atlas\", \"config\": {}}");
  }

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private Verdict verdict() {
    AppDirectory.Result read = AppDirectory.read(folder);
    assertThat(read).isInstanceOf(AppDirectory.Loaded.class);
    return new DeploymentChecks(List.of()).verdict((AppDirectory.Loaded) read, Secrets.none());
  }

  private List<String> problems() {
    return switch (verdict()) {
      case Verdict.Failed(List<Problem> problems) ->
          problems.stream().map(problem -> problem.severity() + " " + problem).toList();
      case Verdict.Passed(_, _, List<Problem> warnings) ->
          warnings.stream().map(warning -> warning.severity() + " " + warning).toList();
    };
  }

  @Test
  void aWrongExpressionOfAnEndpointIsOneProblemWithItsLine() throws IOException {
    write(
        "https_endpoints/config.json",
        """
        [{
          "route": "/hello", "http_method": "GET", "function_name": "hello",
          "can_evaluate": {
            "%or": [
              {"%%user.id": {"$exists": true}},
              {"%%user.id": {"$matches": "x"}}
            ]
          }
        }]
        """);

    assertThat(verdict()).isInstanceOf(Verdict.Failed.class);
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith(
            "ERROR https_endpoints/config.json:6 /0/can_evaluate/%or/1/%%user.id/$matches: unknown"
                + " operator \"$matches\"; known are %and");
  }

  @Test
  void functionsServicesAndTheDataApiAreLookedAtToo() throws IOException {
    write(
        "functions/config.json",
        """
        [{"name": "hello", "run_as_system": true,
          "can_evaluate": {"%%root.owner": "%%user.id"}}]
        """);
    write("https_endpoints/data_api_config.json", "{\"can_evaluate\": {\"owner\": 1}}");
    write("https_endpoints/hooks/config.json", "{\"name\": \"hooks\", \"type\": \"http\"}");
    write(
        "https_endpoints/hooks/incoming_webhooks/in/config.json",
        "{\"name\": \"in\", \"can_evaluate\": \"%%usr\"}");
    write("https_endpoints/hooks/incoming_webhooks/in/source.js", "exports = () => 1;");

    assertThat(problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(';')))
        .containsExactlyInAnyOrder(
            "ERROR functions/config.json:2 /0/can_evaluate/%%root.owner: \"%%root\" means nothing"
                + " here",
            "ERROR https_endpoints/data_api_config.json:1 /can_evaluate/owner: \"owner\" would be a"
                + " field of a document, and there is none here",
            "ERROR https_endpoints/hooks/incoming_webhooks/in/config.json:1 /can_evaluate: unknown"
                + " expansion \"%%usr\"");
  }

  @Test
  void everyExpressionOfARuleIsLookedAt() throws IOException {
    write(
        "data_sources/mongodb-atlas/d/c/rules.json",
        """
        {"database": "d", "collection": "c",
         "roles": [{
           "name": "r",
           "apply_when": {"%x": 1},
           "document_filters": {
             "read": {"%x": 1},
             "write": {"%x": 1}},
           "read": {"%x": 1},
           "write": {"%%this": 1},
           "insert": {"%x": 1},
           "delete": {"%x": 1},
           "search": {"%x": 1},
           "fields": {"a": {
             "read": {"%%this": 1},
             "write": {"%x": 1},
             "fields": {"b": {"read": {"%x": 1}}}}},
           "additional_fields": {"read": {"%x": 1}}
         }],
         "filters": [{"name": "f", "apply_when": {"owner": 1}, "query": {}}]}
        """);

    assertThat(problems())
        .extracting(problem -> problem.split(": ", -1)[0])
        .containsExactlyInAnyOrder(
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:4 /roles/0/apply_when/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:6 /roles/0/document_filters/read/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:7 /roles/0/document_filters/write/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:8 /roles/0/read/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:9 /roles/0/write/%%this",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:10 /roles/0/insert/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:11 /roles/0/delete/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:12 /roles/0/search/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:15 /roles/0/fields/a/write/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:16 /roles/0/fields/a/fields/b/read/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:17 /roles/0/additional_fields/read/%x",
            "ERROR data_sources/mongodb-atlas/d/c/rules.json:19 /filters/0/apply_when/owner");
  }

  @Test
  void whatAnExpressionNamesMustExist() throws IOException {
    write(
        "https_endpoints/config.json",
        """
        [{"route": "/a", "http_method": "GET", "function_name": "hello",
          "can_evaluate": {"%%true": {"%function": {"name": "gone"}}}},
         {"route": "/b", "http_method": "GET", "function_name": "hello",
          "can_evaluate": {"%%request.requestHeaders.key": "%%values.gone"}},
         {"route": "/c", "http_method": "GET", "function_name": "hello",
          "can_evaluate": {"%%true": {"%function": {"name": "guarded"}}}}]
        """);
    write("functions/guarded.js", "exports = () => true;");
    write(
        "functions/config.json",
        "[{\"name\": \"hello\"}, {\"name\": \"guarded\", \"can_evaluate\": \"%%false\"}]");

    assertThat(problems())
        .containsExactly(
            "ERROR https_endpoints/config.json:2 /0/can_evaluate: there is no function named"
                + " \"gone\"",
            "WARNING https_endpoints/config.json:4 /1/can_evaluate: there is no value named"
                + " \"gone\"; what is compared with it is never true",
            "WARNING https_endpoints/config.json:6 /2/can_evaluate: the function \"guarded\" has"
                + " can_evaluate itself, so expressions cannot call it: never true");
  }

  @Test
  void rightExpressionsAreNoProblem() throws IOException {
    write("values/key.json", "{\"name\": \"key\", \"value\": \"k\"}");
    write(
        "https_endpoints/config.json",
        """
        [{"route": "/a", "http_method": "GET", "function_name": "hello",
          "can_evaluate": {
            "%%request.requestHeaders.x-key": "%%values.key",
            "%%true": {"%function": {"name": "hello"}}}}]
        """);

    assertThat(problems()).isEmpty();
  }

  @Test
  void wrongFiltersAreToldWithTheirPlace() throws IOException {
    write(
        "data_sources/mongodb-atlas/shop/orders/rules.json",
        """
        {"database": "shop", "collection": "orders",
         "roles": [{"name": "all", "apply_when": {}, "read": true}],
         "filters": [
           {"name": "mine", "apply_when": true,
            "query": {"$or": [{"owner": "%%user.id"}, {"owner": "%%root.owner"}]},
            "projection": {"secret": 0, "name": 1}},
           {"name": "by function", "apply_when": true,
            "query": {"team": {"%function": {"name": "nope"}}}}]}
        """);

    assertThat(problems()).hasSize(3);
    assertThat(problems().get(0))
        .startsWith(
            "ERROR data_sources/mongodb-atlas/shop/orders/rules.json:5"
                + " /filters/0/query/$or/1/owner: \"%%root\" means nothing here");
    assertThat(problems().get(1))
        .isEqualTo(
            "ERROR data_sources/mongodb-atlas/shop/orders/rules.json:6 /filters/0/projection:"
                + " projection: inclusion and exclusion of fields cannot be mixed");
    assertThat(problems().get(2)).endsWith("there is no function named \"nope\"");
  }

  @Test
  void wrongSchemasAreToldWithTheirPlace() throws IOException {
    write("data_sources/mongodb-atlas/shop/orders/relationships.json", "{}");
    write(
        "data_sources/mongodb-atlas/shop/orders/schema.json",
        """
        {"title": "order", "bsonType": "object",
         "properties": {
           "n": {"bsonType": "integer"},
           "state": {"validate": {"%%this": {"$in": "new"}}}}}
        """);

    assertThat(problems())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(
                        "ERROR data_sources/mongodb-atlas/shop/orders/schema.json:3"
                            + " /properties/n/bsonType: unknown type; known are object, array"),
            second ->
                assertThat(second)
                    .isEqualTo(
                        "ERROR data_sources/mongodb-atlas/shop/orders/schema.json:4"
                            + " /properties/state/validate/%%this/$in:"
                            + " expected an array or an expansion"));
  }
}
