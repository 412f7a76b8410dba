package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Authentication providers, which the document has by name.
record AuthProviders() implements EntityPlace {

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    List<Fields> providers = new ArrayList<>();
    document
        .content()
        .fields("auth")
        .fields("providers")
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof Fields provider) {
                String own = provider.text("name");
                providers.add(
                    own == null || own.isEmpty() ? provider.with("name", name) : provider);
              }
            });
    return providers;
  }

  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    Map<String, Json> byName = new LinkedHashMap<>();
    for (Fields provider : values) {
      String name = String.valueOf(EntityKind.AUTH_PROVIDER.nameOf(provider));
      byName.put(name, provider.with("name", name));
    }
    Fields auth = document.content().fields("auth").with("providers", new Fields(byName));
    return document.with("auth", auth);
  }
}
