package dev.berth.cli;

import dev.berth.appmodel.json.Json;
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

/// The addresses from which an app may be called.
@Command(
    name = "accessList",
    description = "Manage the addresses from which an app may be called.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class AccessListCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should be done with accessList?");
  }

  private static final String PATH = "/security/access_list";

  @Command(name = "list", description = "Print the addresses.")
  int list(@Mixin ConnectionOptions connection, @Mixin AppOptions apps) {
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + PATH;
          connection.print(entries(api, path), List.of("_id", "address", "comment"));
          return 0;
        });
  }

  @Command(name = "create", description = "Allow an address.")
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(names = "--ip", description = "an address, or a range such as 10.1.0.0/16")
          @Nullable String address,
      @Option(names = "--comment", description = "what it is") @Nullable String comment,
      @Option(names = "--use-current", description = "the address of this machine")
          boolean useCurrent,
      @Option(names = "--allow-all", description = "every address") boolean allowAll) {
    if ((address == null ? 0 : 1) + (useCurrent ? 1 : 0) + (allowAll ? 1 : 0) != 1) {
      throw new ParameterException(
          spec.commandLine(), "give one of --ip, --use-current and --allow-all");
    }
    Fields entry =
        Fields.none().with("address", allowAll ? "0.0.0.0/0" : address == null ? "" : address);
    Fields commented = comment == null ? entry : entry.with("comment", comment);
    Fields body = useCurrent ? commented.with("use_current", new Json.Truth(true)) : commented;
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + PATH;
          Fields created = (Fields) api.post(path, body);
          connection.print(created.text("address") + " is allowed", created);
          return 0;
        });
  }

  @Command(name = "update", description = "Change an address.")
  int update(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Option(names = "--ip", required = true, description = "the address, or its id") String ip,
      @Option(names = "--new-ip", description = "the new address") @Nullable String newIp,
      @Option(names = "--comment", description = "what it is") @Nullable String comment) {
    Fields address = Fields.none().with("address", newIp == null ? "" : newIp);
    Fields body = comment == null ? address : address.with("comment", comment);
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + PATH;
          Fields found = find(api, path, ip);
          Json changed = api.patch(path + "/" + Chosen.id(found), body);
          connection.print(ip + " is changed", changed);
          return 0;
        });
  }

  @Command(name = "delete", description = "Allow addresses no longer.")
  int delete(
      @Mixin ConnectionOptions connection,
      @Mixin AppOptions apps,
      @Parameters(arity = "0..*", paramLabel = "ADDRESS", description = "addresses or ids")
          @Nullable List<String> words,
      @Option(names = "--ip", split = ",", description = "the same") @Nullable List<String> named) {
    List<String> addresses = Chosen.all(spec, "ADDRESS", words, named);
    return connection.with(
        api -> {
          String path = apps.find(api, Path.of(".")).path() + PATH;
          for (String address : addresses) {
            Fields found = find(api, path, address);
            api.delete(path + "/" + Chosen.id(found));
            connection.print(found.text("address") + " is not allowed any more", found);
          }
          return 0;
        });
  }

  private static Fields find(AdminApi api, String path, String wanted) {
    return entries(api, path).stream()
        .filter(entry -> wanted.equals(entry.text("address")) || wanted.equals(entry.text("_id")))
        .findFirst()
        .orElseThrow(
            () -> new CommandFailure("\"" + wanted + "\" is not among the allowed addresses"));
  }

  private static List<Fields> entries(AdminApi api, String path) {
    return ((Fields) api.get(path)).objects("allowed_ips");
  }
}
