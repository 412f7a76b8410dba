package dev.berth.cli;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import java.util.List;

/// An app without content.
final class NewApp {

  private static final List<String> ENVIRONMENTS =
      List.of("no-environment", "development", "testing", "qa", "production");

  private NewApp() {}

  /// @param identity its name, and where it lives when that was said
  static AppBundle with(Fields identity) {
    Fields environments = Fields.none();
    for (String environment : ENVIRONMENTS) {
      environments = environments.with(environment + ".json", Fields.of("values", Fields.none()));
    }
    Fields content =
        identity
            .with("environments", environments)
            .with(
                "auth",
                Fields.of("custom_user_data", Fields.of("enabled", new Json.Truth(false)))
                    .with("providers", Fields.none()));
    AppDocument document = new AppDocument(content, AppBundle.empty());
    return switch (AppExport.bundle(document, Layout.V20230101)) {
      case AppBundle.Taken(var bundle) -> bundle;
      case AppBundle.Refused(var problems) ->
          throw new CommandFailure("no app can be called that: " + problems.getFirst());
    };
  }
}
