package dev.berth.controlplane.admin.apps;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.bundle.BundleArchive;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.document.AppExport;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of an app as a zip, in the layout that the client asks for.
public final class ExportRoute {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private final AppWorkspace workspace;
  private final InstantSource clock;

  public ExportRoute(AppWorkspace workspace, InstantSource clock) {
    this.workspace = workspace;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(Route.ofApp(HttpMethod.GET, "/export", Access.READ, this::export).slow());
  }

  private AdminAnswer export(AdminCall call) {
    Layout layout = layout(call.query("version"));
    // They travel on routes of their own.
    AppBundle stored =
        workspace
            .current(call.ownApp())
            .without(path -> DependencyFiles.isOne(path) || path.startsWith("hosting/files/"));
    AppBundle files =
        AppWorkspace.taken(
            call.query("template").equals("true")
                ? AppExport.template(stored, layout)
                : AppExport.export(stored, layout, marker(call)));
    // Clients take what stands before the last underscore for the name of the folder.
    String name = call.ownApp().name() + "_" + STAMP.format(clock.instant()) + ".zip";
    return AdminAnswer.file(
        "application/zip", name, BundleArchive.zip(files, AppExport.folders(layout)));
  }

  private static AppExport.@Nullable Marker marker(AdminCall call) {
    return call.query("source_control").equals("true")
        ? new AppExport.Marker(call.ownProject().id(), call.ownApp().internalId())
        : null;
  }

  private static Layout layout(String version) {
    if (version.isEmpty()) {
      return Layout.V20210101;
    }
    Layout layout =
        version.matches("[0-9]{8}") ? Layout.ofVersion(Integer.parseInt(version)) : null;
    if (layout == null) {
      throw Refusal.invalid("there is no config version '" + version + "'");
    }
    return layout;
  }
}
