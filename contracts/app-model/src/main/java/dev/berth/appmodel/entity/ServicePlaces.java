package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// The services of a document, wherever they stand in it.
final class ServicePlaces {

  /// Data sources, HTTP services and others, in the order in which they are listed.
  static final List<String> PARTS = List.of("data_sources", "http_endpoints", "services");

  private static final List<String> DATA_SOURCES = List.of("mongodb-atlas", "datalake", "mongodb");

  private ServicePlaces() {}

  static String nameOf(Fields service) {
    return String.valueOf(service.fields("config").text("name"));
  }

  /// The part where a service of a type stands.
  static String partOf(Fields config) {
    String type = config.text("type");
    String known = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return DATA_SOURCES.contains(known)
        ? "data_sources"
        : known.equals("http") ? "http_endpoints" : "services";
  }

  /// The service of a name; an empty object when there is none.
  static Fields find(AppDocument document, String name) {
    for (String part : PARTS) {
      for (Fields service : document.content().objects(part)) {
        if (nameOf(service).equals(name)) {
          return service;
        }
      }
    }
    return Fields.none();
  }

  /// The document with the first service of a name changed; the same when there is none.
  static AppDocument change(AppDocument document, String name, UnaryOperator<Fields> change) {
    for (String part : PARTS) {
      List<Fields> services = new ArrayList<>(document.content().objects(part));
      for (int i = 0; i < services.size(); i++) {
        if (nameOf(services.get(i)).equals(name)) {
          services.set(i, change.apply(services.get(i)));
          return document.with(part, Elements.of(services));
        }
      }
    }
    return document;
  }
}
