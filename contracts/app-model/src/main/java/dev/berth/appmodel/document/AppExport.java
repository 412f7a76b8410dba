package dev.berth.appmodel.document;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of an app as a document, and a document as files of any layout.
public final class AppExport {

  private AppExport() {}

  /// What became of files that were to be a document.
  public sealed interface Result {}

  /// The document that the files are.
  ///
  /// @param layout of the files
  public record Read(AppDocument document, Layout layout) implements Result {}

  /// The files have no root, or one of them is not the JSON it should be.
  public record Refused(List<Problem> problems) implements Result {

    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// Reads the files of an app as a document. What their parts mean is not checked.
  public static Result document(AppBundle bundle) {
    AppDirectory.Root root = AppDirectory.rootOf(bundle);
    if (root == null) {
      return new Refused(AppDirectory.noRoot());
    }
    DocumentProblems problems = new DocumentProblems();
    BundleFiles files = new BundleFiles(bundle, problems);
    Fields content =
        switch (root.layout()) {
          case V20180301, V20200603 -> FirstGeneration.read(files, root.rootFile());
          case V20210101, V20230101 ->
              SecondGeneration.read(files, root.layout(), root.rootFile(), root.clientAppId());
        };
    return problems.areNone()
        ? new Read(new AppDocument(content, files.others()), root.layout())
        : new Refused(problems.all());
  }

  /// Writes a document as files of a layout. Refused when names in it cannot become those of
  /// files, or when it is too large.
  public static AppBundle.Result bundle(AppDocument document, Layout layout) {
    DocumentFiles files = new DocumentFiles();
    switch (layout) {
      case V20180301, V20200603 -> FirstGeneration.write(document, layout, files);
      case V20210101, V20230101 -> SecondGeneration.write(document, layout, files);
    }
    files.others(document.files());
    return files.finish();
  }

  /// Which app an export is of, for a marker file that command lines read.
  ///
  /// @param groupId the project
  /// @param appId the app's id in the Admin API
  public record Marker(String groupId, String appId) {}

  /// The files of an app for those who keep them under version control: in the layout they have
  /// exactly as they are, with a marker file.
  ///
  /// @param layout the asked one
  /// @param marker `null` for none
  public static AppBundle.Result export(AppBundle stored, Layout layout, @Nullable Marker marker) {
    return switch (document(stored)) {
      case Refused(var problems) -> new AppBundle.Refused(problems);
      case Read(var document, var own) -> {
        AppBundle.Result files =
            own == layout ? new AppBundle.Taken(stored) : bundle(document, layout);
        yield files instanceof AppBundle.Taken(var bundle) && marker != null
            ? bundle.with(Map.of(markerFile(layout), marker(document, layout, marker)))
            : files;
      }
    };
  }

  private static String markerFile(Layout layout) {
    return switch (layout) {
      case V20180301, V20200603, V20210101 -> ".mdb/app_meta.json";
      case V20230101 -> ".mdb/meta.json";
    };
  }

  private static byte[] marker(AppDocument document, Layout layout, Marker marker) {
    Fields fields =
        SecondGeneration.versioned(
            Fields.none().with("group_id", marker.groupId()).with("app_id", marker.appId()),
            layout);
    if (layout == Layout.V20230101) {
      fields = fields.withOrWithout("client_app_id", document.content().get("app_id"));
    }
    return JsonWriter.pretty(fields).getBytes(StandardCharsets.UTF_8);
  }

  /// The files of an app for a new app like it: without anything that says which one it was.
  ///
  /// @param layout the asked one
  public static AppBundle.Result template(AppBundle stored, Layout layout) {
    return switch (document(stored)) {
      case Refused(var problems) -> new AppBundle.Refused(problems);
      case Read(var document, _) -> bundle(TemplateDocument.of(document), layout);
    };
  }

  /// The folders that an export of a layout has, even when they are empty.
  public static List<String> folders(Layout layout) {
    return switch (layout) {
      case V20180301, V20200603 ->
          List.of("auth_providers", "functions", "graphql/custom_resolvers", "services", "values");
      case V20210101, V20230101 -> SecondGeneration.folders(layout);
    };
  }
}
