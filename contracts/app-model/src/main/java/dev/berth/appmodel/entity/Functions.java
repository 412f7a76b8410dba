package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Functions with their sources. One without settings of its own is called as its file is.
record Functions() implements EntityPlace {

  private static final String PART = "functions";
  private static final String ENDING = ".js";

  @Override
  public List<Fields> read(AppDocument document, String owner) {
    Fields functions = document.content().fields(PART);
    Map<String, Json> left = new LinkedHashMap<>(functions.fields("sources").members());
    List<Fields> all = new ArrayList<>();
    for (Fields config : functions.objects("config")) {
      all.add(config.withOrWithout("source", left.remove(config.text("name") + ENDING)));
    }
    left.forEach(
        (path, source) ->
            all.add(
                Fields.none()
                    .with("name", path.substring(0, path.length() - ENDING.length()))
                    .with("source", source)));
    return all;
  }

  @Override
  public AppDocument write(AppDocument document, String owner, List<Fields> values) {
    List<Fields> configs = new ArrayList<>();
    Map<String, Json> sources = new LinkedHashMap<>();
    Set<String> configured = new HashSet<>();
    for (Fields config : document.content().fields(PART).objects("config")) {
      configured.add(String.valueOf(config.text("name")));
    }
    Set<String> files = document.content().fields(PART).fields("sources").members().keySet();
    for (Fields value : values) {
      String name = String.valueOf(value.text("name"));
      Fields config = value.without("source");
      boolean isBare =
          config.members().size() == 1
              && files.contains(name + ENDING)
              && !configured.contains(name);
      if (!isBare) {
        configs.add(config);
      }
      Json source = value.get("source");
      if (source != null) {
        sources.put(name + ENDING, source);
      }
    }
    Fields functions =
        document
            .content()
            .fields(PART)
            .with("config", Elements.of(configs))
            .with("sources", new Fields(sources));
    return document.with(PART, functions);
  }
}
