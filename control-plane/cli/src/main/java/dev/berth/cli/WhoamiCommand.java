package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says who is logged in, and where.
@Command(
    name = "whoami",
    description = "Say who is logged in, and where.",
    mixinStandardHelpOptions = true)
public final class WhoamiCommand implements Callable<Integer> {

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--show-projects", description = "and in which projects")
  private boolean showProjects;

  @Override
  public Integer call() {
    Profile profile = connection.profile();
    String user = profile.user();
    Fields answer =
        Fields.none()
            .with("url", profile.url().toString())
            .withOrWithout("user", user == null ? null : new Json.Text(user));
    StringBuilder line =
        new StringBuilder(user == null ? "nobody" : user)
            .append(" is logged in at ")
            .append(profile.url());
    if (showProjects) {
      List<String> projects = connection.with(AppOptions::ofCaller);
      projects.forEach(project -> line.append(System.lineSeparator()).append(project));
      answer =
          answer.with(
              "projects", new Json.Elements(projects.stream().<Json>map(Json.Text::new).toList()));
    }
    connection.print(line.toString(), answer);
    return 0;
  }
}
