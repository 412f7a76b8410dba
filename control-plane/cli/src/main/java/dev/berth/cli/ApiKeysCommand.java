package dev.berth.cli;

import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The API keys with which programs administer.
@Command(
    name = "apiKeys",
    description = "Manage the API keys that may administer something of an organization.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ApiKeysCommand implements Runnable {

  /// What a key may do, by the words that people use.
  enum Role {
    OWNER("ORG_OWNER"),
    PROJECT_OWNER("GROUP_OWNER"),
    APP_EDITOR("GROUP_APP_EDITOR"),
    READ_ONLY("GROUP_READ_ONLY");

    private final String wireName;

    Role(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final String KEYS = "/apiKeys";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with apiKeys?");
  }

  @Command(name = "list", description = "Print the keys, without their private parts.")
  int list(@Mixin ConnectionOptions connection, @Mixin OrganizationOption organization) {
    return connection.with(
        api -> {
          connection.print(all(api, organization), List.of("id", "publicKey", "roles"));
          return 0;
        });
  }

  @Command(name = "create", description = "Make a key; its private part is shown only this once.")
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin OrganizationOption organization,
      @Option(
              names = "--role",
              required = true,
              description = "${COMPLETION-CANDIDATES}; owner is of the organization")
          Role role,
      @Option(names = "--project", paramLabel = "PROJECT", description = "where, by name or id")
          @Nullable String project) {
    if ((role == Role.OWNER) != (project == null)) {
      throw new ParameterException(
          spec.commandLine(), "give --project with every role but owner, which is of all projects");
    }
    return connection.with(
        api -> {
          Fields grant = Fields.none().with("role_name", role.wireName);
          Fields scoped =
              project == null
                  ? grant
                  : grant.withOrWithout(
                      "group_id",
                      OrganizationOption.one(
                              ProjectsCommand.all(api, organization), "project", project)
                          .get("id"));
          Fields body = Fields.of("roles", new Elements(List.of(scoped)));
          Fields made = (Fields) api.post(organization.path(api) + KEYS, body);
          connection.print(
              "public key   %s%nprivate key  %s"
                  .formatted(made.text("publicKey"), made.text("privateKey")),
              made);
          return 0;
        });
  }

  @Command(name = "delete", description = "Delete keys; they are worth nothing at once.")
  int delete(
      @Mixin ConnectionOptions connection,
      @Mixin OrganizationOption organization,
      @Parameters(arity = "1..*", paramLabel = "KEY", description = "public parts or ids")
          List<String> keys) {
    return connection.with(
        api -> {
          for (String wanted : keys) {
            Fields found =
                all(api, organization).stream()
                    .filter(
                        each ->
                            wanted.equals(each.text("publicKey")) || wanted.equals(each.text("id")))
                    .findFirst()
                    .orElseThrow(
                        () -> new CommandFailure("there is no API key \"" + wanted + "\""));
            String id = AdminApi.encoded(String.valueOf(found.text("id")));
            api.delete(organization.path(api) + KEYS + "/" + id);
            connection.print(wanted + " is deleted", found);
          }
          return 0;
        });
  }

  private static List<Fields> all(AdminApi api, OrganizationOption organization) {
    return AdminApi.objects(api.get(organization.path(api) + KEYS));
  }
}
