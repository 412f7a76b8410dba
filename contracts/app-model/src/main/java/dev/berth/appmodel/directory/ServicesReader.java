package dev.berth.appmodel.directory;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.LegacyService;
import dev.berth.appmodel.LegacyService.ServiceRule;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads third-party and HTTP services: `services/<name>/`, and the HTTP services of later
/// layouts in the endpoints folder.
final class ServicesReader {

  private static final Set<String> KNOWN_TYPES =
      Set.of("http", "aws", "aws-s3", "aws-ses", "twilio", "github", "gcm");

  private final Reading reading;
  private final WebhooksReader webhooks;

  ServicesReader(Reading reading, WebhooksReader webhooks) {
    this.reading = reading;
    this.webhooks = webhooks;
  }

  /// The configuration of a service that is a data source, or `null` when it is none.
  static @Nullable ObjectReader dataSourceConfig(Reading reading, String folder) {
    ObjectReader fields = reading.object(folder + "/config.json");
    String type = fields == null ? null : fields.text("type");
    return type != null && DataSourcesReader.isDataSource(type) ? fields : null;
  }

  List<LegacyService> read(String parent) {
    List<LegacyService> services = new ArrayList<>();
    for (String name : reading.files().folders(parent)) {
      String folder = parent + "/" + name;
      if (reading.files().exists(folder + "/config.json")) {
        LegacyService service = service(folder, name);
        if (service != null) {
          services.add(service);
        }
      } else if (reading.files().exists(folder + "/incoming_webhooks")) {
        reading.error(
            Place.of(folder + "/config.json"), "the file is missing; every service has one");
      }
    }
    return services;
  }

  private @Nullable LegacyService service(String folder, String folderName) {
    ObjectReader fields = reading.object(folder + "/config.json");
    String type = fields == null ? null : fields.requiredText("type");
    if (fields == null || type == null || DataSourcesReader.isDataSource(type)) {
      return null;
    }
    String text = fields.text("name");
    String name = text == null ? folderName : text;
    Names.SERVICE.check(name, fields.place("name"), reading);
    if (!type.equals("http")) {
      String known = KNOWN_TYPES.contains(type) ? "" : "unknown ";
      fields.warning(
          "type",
          "the service \""
              + name
              + "\" of the "
              + known
              + "type "
              + type
              + " is kept for export; functions cannot use it");
    }
    return new LegacyService(
        name, type, fields.toDocument(), rules(folder + "/rules"), webhooks.read(folder, name));
  }

  private List<ServiceRule> rules(String folder) {
    List<ServiceRule> rules = new ArrayList<>();
    for (String file : reading.files().jsonFiles(folder)) {
      ObjectReader fields = reading.object(file);
      String name = fields == null ? null : fields.requiredText("name");
      if (fields != null && name != null) {
        rules.add(
            new ServiceRule(
                name, fields.texts("actions"), fields.expression("when", ExpressionScope.ACTION)));
      }
    }
    return rules;
  }
}
