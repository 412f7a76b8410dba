package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;

/// The configurations of services; what else belongs to a service stays with it.
record ServiceConfigurations() implements EntityPlace {

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    return services(document).stream().map(service -> service.fields("config")).toList();
  }

  private static List<Fields> services(AppDocument document) {
    List<Fields> all = new ArrayList<>();
    ServicePlaces.PARTS.forEach(part -> all.addAll(document.content().objects(part)));
    return all;
  }

  /// Each configuration goes to the service that is at its place.
  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    List<Fields> services = new ArrayList<>(services(document));
    for (int i = 0; i < values.size(); i++) {
      if (i < services.size()) {
        services.set(i, services.get(i).with("config", values.get(i)));
      } else {
        services.add(Fields.of("config", values.get(i)));
      }
    }
    return writeServices(document, services);
  }

  @Override
  public AppDocument remove(AppDocument document, String owner, int index) {
    List<Fields> services = new ArrayList<>(services(document));
    services.remove(index);
    return writeServices(document, services);
  }

  private static AppDocument writeServices(AppDocument document, List<Fields> services) {
    AppDocument written = document;
    for (String part : ServicePlaces.PARTS) {
      List<Fields> ofPart =
          services.stream()
              .filter(service -> ServicePlaces.partOf(service.fields("config")).equals(part))
              .toList();
      written = written.with(part, Elements.of(ofPart));
    }
    return written;
  }
}
