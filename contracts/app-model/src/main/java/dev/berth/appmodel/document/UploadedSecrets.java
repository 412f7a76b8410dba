package dev.berth.appmodel.document;

import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The values of secrets that come with a document. Each becomes a secret of the app, and the
/// provider or service that it belongs to names it instead.
///
/// @param content without the values
record UploadedSecrets(Fields content, Secrets secrets) {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_VALUE = 500;
  private static final String SIGNING_KEYS = "signingKeys";

  /// Where services may stand in a document.
  private static final List<String> SERVICES =
      List.of("services", "http_endpoints", "data_sources");

  /// Takes the values out of a document.
  static UploadedSecrets in(Fields content, DocumentProblems problems) {
    Fields given = content.fields("secrets");
    Map<String, String> values = new HashMap<>();
    Fields named = content.without("secrets");
    for (Map.Entry<String, Json> owner : given.fields("auth_providers").members().entrySet()) {
      named = provider(named, owner.getKey(), owner.getValue(), problems);
      collect("auth_providers", owner.getKey(), owner.getValue(), values, problems);
    }
    for (Map.Entry<String, Json> owner : given.fields("services").members().entrySet()) {
      named = service(named, owner.getKey(), owner.getValue(), problems);
      collect("services", owner.getKey(), owner.getValue(), values, problems);
    }
    return new UploadedSecrets(named, Secrets.of(values));
  }

  private static void collect(
      String kind, String owner, Json given, Map<String, String> values, DocumentProblems found) {
    Place place = place(kind, owner);
    byKey(given)
        .forEach(
            (key, value) -> {
              String name = name(owner, key);
              if (name.length() > LONGEST_NAME) {
                found.error(
                    place.inside(key),
                    "the secret would be called \""
                        + name
                        + "\"; allowed are "
                        + LONGEST_NAME
                        + " characters");
              } else if (value.length() > LONGEST_VALUE) {
                found.error(
                    place.inside(key),
                    "the secret has "
                        + value.length()
                        + " characters; allowed are "
                        + LONGEST_VALUE);
              } else if (values.putIfAbsent(name, value) != null) {
                found.error(place.inside(key), "there are two secrets called \"" + name + "\"");
              }
            });
  }

  private static Fields provider(
      Fields content, String name, Json given, DocumentProblems problems) {
    Fields auth = content.fields("auth");
    Fields providers = auth.fields("providers");
    if (!(providers.get(name) instanceof Fields provider)) {
      problems.error(place("auth_providers", name), "there is no such auth provider");
      return content;
    }
    return content.with(
        "auth", auth.with("providers", providers.with(name, named(provider, name, given))));
  }

  private static Fields service(
      Fields content, String name, Json given, DocumentProblems problems) {
    for (String part : SERVICES) {
      List<Fields> services = new ArrayList<>(content.objects(part));
      for (int i = 0; i < services.size(); i++) {
        Fields config = services.get(i).fields("config");
        if (name.equals(config.text("name"))) {
          services.set(i, services.get(i).with("config", named(config, name, given)));
          return content.with(part, Elements.of(services));
        }
      }
    }
    problems.error(place("services", name), "there is no such service");
    return content;
  }

  /// The configuration with the names of its secrets.
  private static Fields named(Fields config, String owner, Json given) {
    Fields names = config.fields("secret_config");
    for (String key : byKey(given).keySet()) {
      Text name = new Text(name(owner, key));
      names = names.with(key, key.equals(SIGNING_KEYS) ? new Elements(List.of(name)) : name);
    }
    return config.with("secret_config", names);
  }

  private static Map<String, String> byKey(Json given) {
    Map<String, String> byKey = new LinkedHashMap<>();
    if (given instanceof Fields fields) {
      for (String key : fields.members().keySet()) {
        String value = fields.text(key);
        if (value != null) {
          byKey.put(key, value);
        }
      }
    }
    return byKey;
  }

  private static String name(String owner, String key) {
    return "__" + owner + "_" + key;
  }

  private static Place place(String kind, String owner) {
    return Place.of(ImportDocument.NAME).inside("secrets").inside(kind).inside(owner);
  }
}
