package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.JsonWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What an app has done.
@Command(
    name = "logs",
    description = "Read the log of an app.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class LogsCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with logs?");
  }

  private static final Duration BETWEEN = Duration.ofSeconds(5);

  @Command(name = "list", description = "Print the log, the newest entry last.")
  int list(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(names = "--type", description = "such as function, auth or ENDPOINT", split = ",")
          @Nullable List<String> types,
      @Option(names = "--errors", description = "errors alone") boolean errors,
      @Option(names = "--start", description = "not before this time, such as 2026-01-31")
          @Nullable String start,
      @Option(names = "--end", description = "not after this time") @Nullable String end,
      @Option(names = "--tail", description = "go on until stopped") boolean tail) {
    List<String> filters = new ArrayList<>();
    if (types != null) {
      filters.add("type=" + AdminApi.encoded(LogTypes.of(types)));
    }
    if (errors) {
      filters.add("errors_only=true");
    }
    if (end != null) {
      filters.add("end_date=" + AdminApi.encoded(LogTime.read(end)));
    }
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + "/logs?";
          @Nullable String since = start == null ? null : LogTime.read(start);
          while (true) {
            String next = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            List<String> query = new ArrayList<>(filters);
            if (since != null) {
              query.add("start_date=" + AdminApi.encoded(since));
            }
            print(connection, api.get(path + String.join("&", query)));
            if (!tail) {
              return 0;
            }
            since = next;
            Waiting.until(BETWEEN);
          }
        });
  }

  private static void print(ConnectionOptions connection, Json answer) {
    List<Fields> entries =
        answer instanceof Fields fields ? fields.objects("logs").reversed() : List.of();
    for (Fields entry : entries) {
      connection.out().println(connection.isJson() ? JsonWriter.compact(entry) : line(entry));
    }
    connection.out().flush();
  }

  private static String line(Fields entry) {
    StringBuilder line = new StringBuilder();
    for (String field : List.of("started", "type", "function_name", "endpoint_route", "error")) {
      String text = entry.text(field);
      line.append(text == null || text.isEmpty() ? "" : text + "  ");
    }
    for (Json message : entry.elements("messages")) {
      line.append("\n    ")
          .append(message instanceof Text(var text) ? text : JsonWriter.compact(message));
    }
    return line.toString().stripTrailing();
  }
}
