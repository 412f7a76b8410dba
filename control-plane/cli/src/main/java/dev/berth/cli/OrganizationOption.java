package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which organization a command is about.
final class OrganizationOption {

  private static final String ALL = "/orgs";

  @Option(
      names = "--org",
      paramLabel = "ORG",
      description = "the organization, by name or id; without it the only one of yours")
  private @Nullable String wanted;

  static List<Fields> all(AdminApi api) {
    return AdminApi.objects(api.get(ALL));
  }

  /// Where the routes of the organization begin.
  String path(AdminApi api) {
    String named = wanted;
    if (named != null) {
      return path(named(api, named));
    }
    List<Fields> yours = all(api);
    if (yours.size() != 1) {
      throw new CommandFailure(
          yours.isEmpty()
              ? "you own no organization"
              : "which organization? Name one with --org: "
                  + String.join(
                      ", ",
                      yours.stream().map(each -> String.valueOf(each.text("name"))).toList()));
    }
    return path(yours.getFirst());
  }

  /// The organization with that name or id.
  static Fields named(AdminApi api, String wanted) {
    return one(all(api), "organization", wanted);
  }

  /// One of several things that are known by a name and an id.
  static Fields one(List<Fields> several, String what, String wanted) {
    return several.stream()
        .filter(each -> wanted.equals(each.text("name")) || wanted.equals(each.text("id")))
        .findFirst()
        .orElseThrow(() -> new CommandFailure("there is no " + what + " \"" + wanted + "\""));
  }

  static String path(Fields organization) {
    return ALL + "/" + AdminApi.encoded(String.valueOf(organization.text("id")));
  }
}
