package dev.berth.appmodel.directory;

import dev.berth.appmodel.Trigger;
import dev.berth.appmodel.Trigger.Event;
import dev.berth.appmodel.Trigger.Operation;
import dev.berth.appmodel.Trigger.UserOperation;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// Reads `triggers/<any name>.json`; a trigger is called what its file says inside.
final class TriggersReader {

  private static final String CRON_PART = "(\\*|\\w+(-\\w+)?)(/\\d+)?";
  private static final String CRON_FIELD = CRON_PART + "(," + CRON_PART + ")*";
  private static final Pattern CRON = Pattern.compile(CRON_FIELD + "(\\s+" + CRON_FIELD + "){4}");

  private final Reading reading;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Choices<Function<ObjectReader, Event>> types;

  TriggersReader(Reading reading) {
    this.reading = reading;
    Map<String, Function<ObjectReader, Event>> readers = new LinkedHashMap<>();
    readers.put("DATABASE", this::databaseChange);
    readers.put("AUTHENTICATION", TriggersReader::userEvent);
    readers.put("SCHEDULED", TriggersReader::schedule);
    this.types = new Choices<>(readers);
  }

  List<Trigger> read() {
    List<Trigger> triggers = new ArrayList<>();
    for (String file : reading.files().jsonFiles("triggers")) {
      ObjectReader fields = reading.object(file);
      Trigger trigger = fields == null ? null : trigger(fields);
      if (trigger != null) {
        triggers.add(trigger);
      }
    }
    return triggers;
  }

  private @Nullable Trigger trigger(ObjectReader fields) {
    String name = name(fields);
    var type = fields.requiredChoice("type", types);
    ObjectReader processors = fields.object("event_processors");
    BsonDocument bridge =
        processors.has("AWS_EVENTBRIDGE")
            ? processors.object("AWS_EVENTBRIDGE").document("config")
            : null;
    String function = function(fields, processors, bridge == null);
    ObjectReader handler = fields.object("error_handler").object("config");
    String errorFunction = handler.flag("enabled") ? function(handler) : null;
    if (name == null || type == null) {
      return null;
    }
    Event event = type.apply(fields.object("config"));
    return new Trigger(name, fields.flag("disabled"), function, bridge, errorFunction, event);
  }

  private @Nullable String name(ObjectReader fields) {
    String name = fields.requiredText("name");
    if (name != null) {
      Names.TRIGGER.check(name, fields.place("name"), reading);
      Place first = places.putIfAbsent(name, fields.place("name"));
      if (first != null) {
        fields.error(
            "name", "the trigger \"" + name + "\" is also defined in " + first.fileAndLine());
      }
    }
    return name;
  }

  /// Newer files name the function among the event processors, older ones at the top.
  private @Nullable String function(
      ObjectReader fields, ObjectReader processors, boolean required) {
    if (processors.has("FUNCTION")) {
      return function(processors.object("FUNCTION").object("config"));
    }
    return required || fields.has("function_name") ? function(fields) : null;
  }

  private @Nullable String function(ObjectReader fields) {
    String name = fields.requiredText("function_name");
    if (name != null) {
      reading.references().function(fields.place("function_name"), name);
    }
    return name;
  }

  private Event databaseChange(ObjectReader config) {
    String service = config.requiredText("service_name");
    if (service != null) {
      reading.references().dataSource(config.place("service_name"), service);
    }
    return new Trigger.DatabaseChange(
        service == null ? "" : service,
        config.text("database"),
        config.text("collection"),
        operations(config, "operation_types", Operation.class),
        config.flag("full_document"),
        config.flag("full_document_before_change"),
        config.document("match"),
        config.document("project"),
        config.flag("unordered"),
        config.flag("maximum_throughput"),
        config.flag("skip_catchup_events"),
        config.flag("tolerate_resume_errors"));
  }

  private static Event userEvent(ObjectReader config) {
    String field = config.has("operation_type") ? "operation_type" : "operation_types";
    return new Trigger.UserEvent(
        operations(config, field, UserOperation.class), config.texts("providers"));
  }

  private static <E extends Enum<E>> Set<E> operations(
      ObjectReader config, String field, Class<E> type) {
    Choices<E> choices = Choices.of(type);
    Set<E> operations = EnumSet.noneOf(type);
    List<String> texts = config.texts(field);
    for (String text : texts) {
      E operation = choices.find(text);
      if (operation == null) {
        config.error(field, "found \"" + text + "\"; allowed are " + choices.allowed());
      } else {
        operations.add(operation);
      }
    }
    if (texts.isEmpty()) {
      config.error(
          field, "\"" + field + "\" is required and missing; allowed are " + choices.allowed());
    }
    return operations;
  }

  private static Event schedule(ObjectReader config) {
    String schedule = config.requiredText("schedule");
    if (schedule != null && !CRON.matcher(schedule.trim()).matches()) {
      config.error(
          "schedule",
          "found \"" + schedule + "\"; expected five fields: minute hour day month weekday");
    }
    return new Trigger.Schedule(
        schedule == null ? "" : schedule, config.flag("skip_catchup_events"));
  }
}
