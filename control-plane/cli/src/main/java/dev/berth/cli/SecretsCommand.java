package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The secrets of an app, whose values only go in.
@Command(
    name = "secrets",
    description = "Manage the secrets of an app.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class SecretsCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with secrets?");
  }

  @Command(name = "list", description = "Print the names of the secrets.")
  int list(@Mixin ConnectionOptions connection, @Mixin AppOptions apps) {
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/secrets";
          connection.print(AdminApi.objects(api.get(path)), List.of("_id", "name"));
          return 0;
        });
  }

  @Command(name = "create", description = "Add a secret.")
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(
              names = {"-n", "--name"},
              required = true,
              description = "its name")
          String name,
      @Option(
              names = {"-v", "--value"},
              description = "its value; asked for when it is missing")
          @Nullable String value) {
    Fields secret = Fields.none().with("name", name).with("value", valueOr(value));
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/secrets";
          connection.print("the secret " + name + " is there", api.post(path, secret));
          return 0;
        });
  }

  @Command(name = "update", description = "Give a secret another value or name.")
  int update(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(
              names = {"-s", "--secret"},
              required = true,
              description = "its name or id")
          String secret,
      @Option(
              names = {"-n", "--name"},
              description = "its new name")
          @Nullable String name,
      @Option(
              names = {"-v", "--value"},
              description = "its new value")
          @Nullable String value) {
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/secrets";
          Fields found = Chosen.one(api, path, "secret", secret);
          Fields body =
              Fields.none()
                  .with("name", name == null ? String.valueOf(found.text("name")) : name)
                  .with("value", value == null && name == null ? valueOr(null) : orEmpty(value));
          api.put(path + "/" + Chosen.id(found), body);
          connection.print("the secret " + body.text("name") + " is changed", found);
          return 0;
        });
  }

  @Command(name = "delete", description = "Remove secrets.")
  int delete(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Parameters(arity = "0..*", paramLabel = "SECRET", description = "their names or ids")
          @Nullable List<String> words,
      @Option(
              names = {"-s", "--secret"},
              split = ",",
              description = "the same")
          @Nullable List<String> named) {
    List<String> secrets = Chosen.all(spec, "SECRET", words, named);
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/secrets";
          for (String secret : secrets) {
            Fields found = Chosen.one(api, path, "secret", secret);
            api.delete(path + "/" + Chosen.id(found));
            connection.print("the secret " + found.text("name") + " is gone", found);
          }
          return 0;
        });
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String valueOr(@Nullable String given) {
    if (given != null) {
      return given;
    }
    return Terminal.secret("Value: ")
        .orElseThrow(() -> new CommandFailure("the value is missing: give it with --value"));
  }
}
