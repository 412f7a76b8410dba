package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a new app is, besides its content.
final class NewAppOptions {

  @Option(
      names = {"-n", "--name"},
      description = "its name")
  private @Nullable String name;

  @Option(
      names = {"-l", "--location"},
      description = "where it lives, such as US-VA")
  private @Nullable String location;

  @Option(names = "--provider-region", description = "the same by name, such as aws-us-east-1")
  private @Nullable String region;

  @Option(
      names = {"-d", "--deployment-model"},
      description = "GLOBAL or LOCAL")
  private @Nullable String model;

  @Option(
      names = {"-e", "--environment"},
      description = "such as production")
  private @Nullable String environment;

  @Nullable String name() {
    return name;
  }

  /// What was said, as the Admin API and the root file of an app call it.
  Fields fields() {
    return Fields.none()
        .withOrWithout("name", text(name))
        .withOrWithout("location", text(location))
        .withOrWithout("provider_region", text(region))
        .withOrWithout("deployment_model", text(model))
        .withOrWithout("environment", text(environment));
  }

  private static @Nullable Json text(@Nullable String text) {
    return text == null ? null : new Text(text);
  }
}
