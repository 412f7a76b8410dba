package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The functions of an app.
@Command(
    name = "function",
    description = "List and run the functions of an app.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class FunctionCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with function?");
  }

  @Command(name = "list", description = "Print the functions.")
  int list(@Mixin ConnectionOptions connection, @Mixin AppOptions apps) {
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/functions";
          connection.print(AdminApi.objects(api.get(path)), List.of("_id", "name"));
          return 0;
        });
  }

  @Command(name = "run", description = "Call a function and print its result.")
  int run(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(names = "--name", required = true, description = "its name") String name,
      @Option(names = "--args", description = "one argument each time: JSON, or else a text")
          @Nullable List<String> arguments,
      @Option(names = "--user", description = "the id of a user to run as, instead of the system")
          @Nullable String user) {
    List<Json> values = new ArrayList<>();
    for (String argument : arguments == null ? List.<String>of() : arguments) {
      values.add(value(argument));
    }
    Fields call = Fields.none().with("name", name).with("arguments", new Elements(values));
    String query = user == null ? "run_as_system=true" : "user_id=" + AdminApi.encoded(user);
    return connection.with(
        api -> {
          String app = apps.find(api, Path.of(".")).path();
          Fields outcome = (Fields) api.post(app + "/debug/execute_function?" + query, call);
          return show(connection, outcome);
        });
  }

  private static int show(ConnectionOptions connection, Fields outcome) {
    Json error = outcome.get("error");
    if (connection.isJson()) {
      connection.print("", outcome);
      return error == null ? 0 : 1;
    }
    for (Json line : outcome.elements("logs")) {
      connection.out().println(line instanceof Text(var text) ? text : line);
    }
    if (error != null) {
      throw new CommandFailure(error instanceof Text(var text) ? text : JsonWriter.compact(error));
    }
    Json result = outcome.members().getOrDefault("result", new Json.Nothing());
    connection.out().print(JsonWriter.pretty(result));
    connection.out().flush();
    return 0;
  }

  private static Json value(String argument) {
    try {
      return Json.of(LocatedJson.parse("argument", argument));
    } catch (EjsonParseException noJson) {
      return new Text(argument);
    }
  }
}
