package dev.berth.appmodel.directory;

import dev.berth.appmodel.LogForwarder;
import dev.berth.appmodel.LogForwarder.Destination;
import dev.berth.appmodel.LogForwarder.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `log_forwarders/<name>.json`.
final class LogForwardersReader {

  private final Reading reading;
  private final Choices<Function<ObjectReader, Destination>> destinations;

  LogForwardersReader(Reading reading) {
    this.reading = reading;
    Map<String, Function<ObjectReader, Destination>> readers = new LinkedHashMap<>();
    readers.put("collection", this::toCollection);
    readers.put("function", this::toFunction);
    this.destinations = new Choices<>(readers);
  }

  List<LogForwarder> read() {
    List<LogForwarder> forwarders = new ArrayList<>();
    for (String file : reading.files().jsonFiles("log_forwarders")) {
      ObjectReader fields = reading.object(file);
      LogForwarder forwarder = fields == null ? null : forwarder(fields);
      if (forwarder != null) {
        forwarders.add(forwarder);
      }
    }
    return forwarders;
  }

  private @Nullable LogForwarder forwarder(ObjectReader fields) {
    String name = fields.requiredText("name");
    ObjectReader action = fields.object("action");
    var destination = action.requiredChoice("type", destinations);
    Policy policy = fields.object("policy").choice("type", Choices.of(Policy.class), Policy.SINGLE);
    return name == null || destination == null
        ? null
        : new LogForwarder(
            name,
            fields.flag("disabled"),
            fields.texts("log_types"),
            fields.texts("log_statuses"),
            policy,
            destination.apply(action));
  }

  private Destination toCollection(ObjectReader action) {
    String dataSource = action.requiredText("data_source");
    String database = action.requiredText("database");
    String collection = action.requiredText("collection");
    if (dataSource != null) {
      reading.references().dataSource(action.place("data_source"), dataSource);
    }
    return new LogForwarder.ToCollection(
        dataSource == null ? "" : dataSource,
        database == null ? "" : database,
        collection == null ? "" : collection);
  }

  private Destination toFunction(ObjectReader action) {
    String function = action.requiredText("name");
    if (function != null) {
      reading.references().function(action.place("name"), function);
    }
    return new LogForwarder.ToFunction(function == null ? "" : function);
  }
}
