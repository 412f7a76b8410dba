package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Numeral;
import dev.berth.appmodel.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The organizations of an installation.
@Command(
    name = "orgs",
    description = "Manage the organizations of an installation, and how much they may use.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class OrgsCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with orgs?");
  }

  @Command(name = "list", description = "Print the organizations that you own or run.")
  int list(@Mixin ConnectionOptions connection) {
    return connection.with(
        api -> {
          connection.print(OrganizationOption.all(api), List.of("id", "name"));
          return 0;
        });
  }

  @Command(name = "create", description = "Make an organization.")
  int create(
      @Mixin ConnectionOptions connection,
      @Parameters(paramLabel = "NAME", description = "its name") String name) {
    return connection.with(
        api -> {
          Fields made = (Fields) api.post("/orgs", Fields.of("name", new Json.Text(name)));
          connection.print("created " + name + ", its id is " + made.text("id"), made);
          return 0;
        });
  }

  @Command(name = "delete", description = "Delete an organization that has no projects.")
  int delete(
      @Mixin ConnectionOptions connection,
      @Parameters(paramLabel = "ORG", description = "its name or id") String wanted) {
    return connection.with(
        api -> {
          Fields found = OrganizationOption.named(api, wanted);
          api.delete(OrganizationOption.path(found));
          connection.print(wanted + " is deleted", found);
          return 0;
        });
  }

  @Command(
      name = "quota",
      description = {
        "Print how much an organization, or one of its apps, may use.",
        "With an option that is said anew, and what has no option then is as usual."
      })
  int quota(
      @Mixin ConnectionOptions connection,
      @Mixin OrganizationOption organization,
      @Option(names = "--app", paramLabel = "APP", description = "the App ID of one app")
          @Nullable String app,
      @Option(names = "--apps", description = "how many apps there may be") @Nullable Integer apps,
      @Option(names = "--requests-per-second", description = "of an app")
          @Nullable Integer requests,
      @Option(names = "--concurrent-requests", description = "of an app")
          @Nullable Integer concurrent,
      @Option(names = "--stored-code-bytes", description = "of an app") @Nullable Integer bytes,
      @Option(names = "--reset", description = "say nothing, so that all is as usual")
          boolean reset) {
    Fields said =
        Fields.none()
            .withOrWithout("apps", number(apps))
            .withOrWithout("requests_per_second", number(requests))
            .withOrWithout("concurrent_requests", number(concurrent))
            .withOrWithout("stored_code_bytes", number(bytes));
    return connection.with(
        api -> {
          String below = app == null ? "/quota" : "/apps/" + AdminApi.encoded(app) + "/quota";
          String path = organization.path(api) + below;
          boolean changes = reset || !said.equals(Fields.none());
          Json quota = changes ? api.put(path, said) : api.get(path);
          connection.out().print(JsonWriter.pretty(quota));
          connection.out().flush();
          return 0;
        });
  }

  private static @Nullable Json number(@Nullable Integer number) {
    return number == null ? null : new Numeral(number.toString());
  }
}
