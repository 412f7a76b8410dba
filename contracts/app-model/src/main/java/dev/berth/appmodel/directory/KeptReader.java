package dev.berth.appmodel.directory;

import dev.berth.appmodel.KeptConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/// Reads what is only given back on export: Device Sync and GraphQL.
final class KeptReader {

  private static final String RESOLVERS = "graphql/custom_resolvers";

  private final Reading reading;

  KeptReader(Reading reading) {
    this.reading = reading;
  }

  KeptConfiguration read(ObjectReader root) {
    return new KeptConfiguration(sync(root), graphql());
  }

  private BsonDocument sync(ObjectReader root) {
    ObjectReader fields =
        reading.layout().isFirstGeneration()
            ? root.object("sync")
            : reading.object("sync/config.json");
    if (fields == null) {
      return new BsonDocument();
    }
    if ("enabled".equals(fields.text("state"))) {
      fields.warning("state", "Device Sync is kept for export, but not served");
    }
    return fields.toDocument();
  }

  private Map<String, BsonDocument> graphql() {
    List<String> files = new ArrayList<>(reading.files().jsonFiles("graphql"));
    files.addAll(reading.files().jsonFiles(RESOLVERS));
    Map<String, BsonDocument> kept = new LinkedHashMap<>();
    for (String file : files) {
      ObjectReader fields = reading.object(file);
      if (fields != null) {
        kept.put(file, fields.toDocument());
        checkResolver(file, fields);
      }
    }
    return kept;
  }

  private void checkResolver(String file, ObjectReader fields) {
    if (file.startsWith(RESOLVERS)) {
      String function = fields.requiredText("function_name");
      if (function != null) {
        reading.references().function(fields.place("function_name"), function);
      }
    }
  }
}
