package dev.berth.cli;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.json.Json.Fields;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which app a command is about.
final class AppOptions {

  @Option(
      names = {"-a", "--app", "--remote"},
      paramLabel = "APP",
      description = "the App ID, or how it begins; without it the app in the current folder")
  private @Nullable String app;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "the project to look in; without it all of yours")
  private @Nullable String project;

  @Nullable String wanted() {
    return app;
  }

  /// The project where a new app belongs.
  String project(AdminApi api) {
    List<String> projects = projects(api);
    if (projects.size() != 1) {
      throw new CommandFailure(
          projects.isEmpty()
              ? "you have no project to put an app in"
              : "which project? Name one with --project: " + String.join(", ", projects));
    }
    return projects.getFirst();
  }

  List<String> projects(AdminApi api) {
    return project == null ? ofCaller(api) : List.of(project);
  }

  /// The projects that the one who is logged in has a role in.
  static List<String> ofCaller(AdminApi api) {
    List<String> projects = new ArrayList<>();
    if (api.get("/auth/profile") instanceof Fields profile) {
      for (Fields role : profile.objects("roles")) {
        String group = role.text("group_id");
        if (group != null && !group.isEmpty() && !projects.contains(group)) {
          projects.add(group);
        }
      }
    }
    return projects;
  }

  /// All apps of the projects.
  List<Fields> all(AdminApi api) {
    List<Fields> apps = new ArrayList<>();
    for (String group : projects(api)) {
      apps.addAll(AdminApi.objects(api.get("/groups/" + AdminApi.encoded(group) + "/apps")));
    }
    return apps;
  }

  /// The app that was asked for.
  ///
  /// @param folder where to look for an app when none was named
  App find(AdminApi api, Path folder) {
    String named = app == null ? declaredIn(folder) : app;
    if (named == null) {
      throw new CommandFailure("which app? Name it with --app, or go to the folder it is in");
    }
    String beginning = named.toLowerCase(Locale.ROOT);
    List<Fields> found =
        all(api).stream().filter(candidate -> idOf(candidate).startsWith(beginning)).toList();
    List<Fields> exact =
        found.stream().filter(candidate -> idOf(candidate).equals(beginning)).toList();
    List<Fields> chosen = exact.isEmpty() ? found : exact;
    if (chosen.isEmpty()) {
      throw new CommandFailure("there is no app \"" + named + "\" among yours");
    }
    if (chosen.size() > 1) {
      throw new CommandFailure(
          "\""
              + named
              + "\" could be "
              + String.join(", ", chosen.stream().map(AppOptions::idOf).toList()));
    }
    return App.of(chosen.getFirst());
  }

  /// Whether an app has that App ID or name, or one that begins so.
  static boolean isNamed(Fields app, String wanted) {
    String beginning = wanted.toLowerCase(Locale.ROOT);
    return idOf(app).startsWith(beginning)
        || String.valueOf(app.text("name")).toLowerCase(Locale.ROOT).startsWith(beginning);
  }

  private static String idOf(Fields app) {
    String id = app.text("client_app_id");
    return id == null ? "" : id;
  }

  /// The App ID that the files in a folder say; `null` when they say none, or are no app.
  static @Nullable String declaredIn(Path folder) {
    return Files.isDirectory(folder)
            && AppBundle.of(folder) instanceof AppBundle.Taken(var bundle)
            && AppExport.document(bundle) instanceof AppExport.Read(AppDocument document, _)
        ? document.content().text("app_id")
        : null;
  }

  /// An app on the other side.
  ///
  /// @param path below the root of the API
  record App(Fields fields, String clientAppId, String name, String path) {

    /// Where its endpoints are, to follow what is said of it; nothing when the server does not
    /// say.
    String served() {
      String url = fields.text("endpoint_base_url");
      return url == null ? "" : ", its endpoints are below " + url;
    }

    static App of(Fields fields) {
      return new App(
          fields,
          String.valueOf(fields.text("client_app_id")),
          String.valueOf(fields.text("name")),
          "/groups/"
              + AdminApi.encoded(String.valueOf(fields.text("group_id")))
              + "/apps/"
              + AdminApi.encoded(String.valueOf(fields.text("_id"))));
    }
  }
}
