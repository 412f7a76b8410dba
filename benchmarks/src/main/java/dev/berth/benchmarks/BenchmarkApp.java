package dev.berth.benchmarks;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.ValidationMethod;
import dev.berth.catalog.DeployedApp;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/// The app that is measured: one endpoint, one small asynchronous function that answers JSON.
final class BenchmarkApp {

  static final String PATH = "/app/bench-abcde/endpoint/hello";

  private static final String SOURCE =
      """
      exports = async function (request, response) {
        response.setStatusCode(200);
        response.setHeader('Content-Type', 'application/json');
        response.setBody(JSON.stringify({
          message: 'hello',
          length: request.body === undefined ? 0 : request.body.text().length,
        }));
      };
      """;

  private BenchmarkApp() {}

  static DeployedApp deployed() {
    AppId id = new AppId("bench-abcde");
    FunctionDefinition function =
        new FunctionDefinition(
            "hello",
            "functions/hello.js",
            SOURCE,
            false,
            new BsonDocument(),
            true,
            new RunAs.AsSystem());
    Endpoint endpoint =
        new Endpoint(
            "/hello",
            HttpMethod.POST,
            "hello",
            ValidationMethod.NO_VALIDATION,
            null,
            false,
            ReturnType.JSON,
            false,
            false,
            false,
            new BsonDocument());
    AppDefinition definition =
        new AppDefinition(
            "bench",
            id,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of()),
            List.of(endpoint),
            Map.of("hello", function),
            Map.of(),
            List.of());
    return new DeployedApp(id, new Revision(1), definition, Secrets.of(Map.of()));
  }
}
