package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The projects of an organization.
@Command(
    name = "projects",
    description = "Manage the projects of an organization.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ProjectsCommand implements Runnable {

  private static final String PROJECTS = "/groups";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with projects?");
  }

  @Command(name = "list", description = "Print the projects.")
  int list(@Mixin ConnectionOptions connection, @Mixin OrganizationOption organization) {
    return connection.with(
        api -> {
          connection.print(all(api, organization), List.of("id", "name"));
          return 0;
        });
  }

  @Command(name = "create", description = "Make a project.")
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin OrganizationOption organization,
      @Parameters(paramLabel = "NAME", description = "its name") String name) {
    return connection.with(
        api -> {
          Fields body = Fields.of("name", new Json.Text(name));
          Fields made = (Fields) api.post(organization.path(api) + PROJECTS, body);
          connection.print("created " + name + ", its id is " + made.text("id"), made);
          return 0;
        });
  }

  @Command(name = "delete", description = "Delete a project without apps.")
  int delete(
      @Mixin ConnectionOptions connection,
      @Mixin OrganizationOption organization,
      @Parameters(paramLabel = "PROJECT", description = "its name or id") String wanted) {
    return connection.with(
        api -> {
          Fields found = OrganizationOption.one(all(api, organization), "project", wanted);
          String id = AdminApi.encoded(String.valueOf(found.text("id")));
          api.delete(organization.path(api) + PROJECTS + "/" + id);
          connection.print(wanted + " is deleted", found);
          return 0;
        });
  }

  static List<Fields> all(AdminApi api, OrganizationOption organization) {
    return AdminApi.objects(api.get(organization.path(api) + PROJECTS));
  }
}
