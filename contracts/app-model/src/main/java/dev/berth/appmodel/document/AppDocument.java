package dev.berth.appmodel.document;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import java.util.List;
import java.util.Set;

/// An app as one JSON document, whatever the layout of its files.
///
/// The content has the form that imports of `config_version` 20210101 have, without
/// `config_version` and `secrets`, and with `provider_region` and `graphql.validation_settings`
/// besides. Every part that is there is of the right type, and so are the names of everything
/// that has one; what the parts mean is not known here.
///
/// @param files what has no place in the document, such as web pages and `package.json`
public record AppDocument(Fields content, AppBundle files) {

  /// What says which app this is and where it lives. An import never changes it.
  private static final List<String> IDENTITY =
      List.of("app_id", "name", "location", "provider_region", "deployment_model");

  /// The parts that files of their own hold; everything else stands in the root file.
  static final Set<String> PARTS =
      Set.of(
          "environments",
          "values",
          "auth",
          "functions",
          "triggers",
          "data_sources",
          "http_endpoints",
          "endpoints",
          "services",
          "graphql",
          "hosting",
          "sync",
          "secrets",
          "log_forwarders",
          "data_api_config");

  /// What stands in the root file besides that which says which app this is.
  public static Fields settings(Fields content) {
    return content.without(PARTS.toArray(String[]::new)).without(IDENTITY.toArray(String[]::new));
  }

  /// The same document about another app: name, App ID, region and deployment model are those
  /// that the other one has.
  ///
  /// @param target the app as it is now
  public AppDocument about(AppDocument target) {
    Fields addressed = content.without(IDENTITY.toArray(String[]::new));
    Fields identity = Fields.none();
    for (String field : IDENTITY) {
      identity = identity.withOrWithout(field, target.content.get(field));
    }
    return new AppDocument(identity.and(addressed), files);
  }

  /// The same document with other content.
  public AppDocument with(Fields others) {
    return new AppDocument(others, files);
  }

  /// The same document with one part of the content set.
  public AppDocument with(String part, Json value) {
    return with(content.with(part, value));
  }

  /// The same document with other files beside it.
  public AppDocument with(AppBundle others) {
    return new AppDocument(content, others);
  }
}
