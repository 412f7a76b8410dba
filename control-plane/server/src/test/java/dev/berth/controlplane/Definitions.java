package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.ValidationMethod;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.directory.SecretReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/// App definitions for tests.
final class Definitions {

  private Definitions() {}

  static AppDefinition withoutId(String name, String source) {
    return definition(name, null, source, Map.of());
  }

  static AppDefinition withId(String id, String source) {
    return definition("named", new AppId(id), source, Map.of());
  }

  static AppDefinition withManyValues(int count) {
    Map<String, AppValue> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put("v" + i, new AppValue.Plain("v" + i, new BsonString("value " + i)));
    }
    return definition("valued", null, "exports = () => 1", values);
  }

  static AppDirectory.Loaded loaded(AppDefinition definition, SecretReference... references) {
    return new AppDirectory.Loaded(
        definition,
        Path.of("/app"),
        Layout.V20230101,
        List.of(),
        List.of(references),
        List.of(),
        List.of());
  }

  private static AppDefinition definition(
      String name, @Nullable AppId id, String source, Map<String, AppValue> values) {
    FunctionDefinition function =
        new FunctionDefinition(
            "hello",
            "functions/hello.js",
            source,
            false,
            new BsonDocument(),
            false,
            new RunAs.AsSystem());
    Endpoint endpoint =
        new Endpoint(
            "/hello",
            HttpMethod.POST,
            "hello",
            ValidationMethod.NO_VALIDATION,
            null,
            true,
            ReturnType.JSON,
            false,
            false,
            false,
            new BsonDocument());
    return new AppDefinition(
        name,
        id,
        DeploymentModel.GLOBAL,
        "aws-us-east-1",
        new Environment("", Map.of()),
        List.of(endpoint),
        Map.of("hello", function),
        values,
        List.of());
  }
}
