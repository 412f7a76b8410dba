package dev.berth.benchmarks.manyapps;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.benchmarks.AppFolder;
import dev.berth.catalog.DeployedApp;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// As many small apps as one likes: copies of one app, each with an App ID and a source of its
/// own, so that the engine can share no parsed code between them.
final class Shops {

  private final DeployedApp template;

  /// @param folder of an app whose sources say `{shop}` where they differ
  Shops(Path folder) {
    this.template = AppFolder.read(folder);
  }

  DeployedApp shop(int number) {
    AppId id = id(number);
    AppDefinition original = template.definition();
    Map<String, FunctionDefinition> functions = new HashMap<>();
    original.functions().forEach((name, function) -> functions.put(name, copy(function, id)));
    AppDefinition definition =
        new AppDefinition(
            id.value(),
            id,
            original.deploymentModel(),
            original.providerRegion(),
            original.environment(),
            original.endpoints(),
            functions,
            original.values(),
            original.dataSources());
    return new DeployedApp(id, template.revision(), definition, template.secrets());
  }

  private static AppId id(int number) {
    return new AppId("shop-%05d".formatted(number));
  }

  private static FunctionDefinition copy(FunctionDefinition function, AppId id) {
    // A file that is the same in two apps would be parsed once for both.
    String source = function.source().replace("{shop}", id.value()) + "\n// of " + id + "\n";
    return new FunctionDefinition(
        function.name(),
        function.file(),
        source,
        function.isPrivate(),
        function.canEvaluate(),
        function.logArguments(),
        function.runAs());
  }

  String path(int number) {
    return AppFolder.path(shop(number));
  }

  /// What an app answers to the request that every benchmark sends.
  static String answer(int number) {
    return "{\"shop\":\"%s\",\"customer\":\"Berth\",\"articles\":3,\"net\":8495,\"tax\":1614,\"gross\":10109}"
        .formatted(id(number));
  }
}
