package dev.berth.catalog.bus;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.DeployedApp;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;

/// Apps in which every component of every record holds something that is not its default, made
/// by reflection from the model, so that a new component is filled without a change here.
///
/// Of a sealed interface or an enum the choices come in turn; lists and maps hold one of each.
final class Samples {

  private static final int NESTED_AT_MOST = 1;

  private final Map<Class<?>, Integer> turns = new HashMap<>();
  private final Deque<Class<?>> inside = new ArrayDeque<>();
  private int count;

  /// An app, with everything in it.
  DeployedApp app(String id, long revision) {
    DeployedApp sample = (DeployedApp) of(DeployedApp.class);
    return new DeployedApp(
        new AppId(id),
        new Revision(revision),
        sample.deployedAt(),
        sample.definition(),
        sample.secrets(),
        sample.nullsAllowed(),
        sample.terms());
  }

  /// An app that BSON cannot hold: it has a field whose name contains the character zero.
  static DeployedApp unwritableApp(String id) {
    BsonValue value = new BsonDocument("hush\0hush", BsonNull.VALUE);
    AppDefinition definition =
        new AppDefinition(
            id,
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            new Environment("", Map.of("value", value)),
            List.of(),
            Map.of(),
            Map.of(),
            List.of());
    return new DeployedApp(new AppId(id), new Revision(1), definition, Secrets.none());
  }

  /// Some value of a type.
  Object of(Type type) {
    return switch (type) {
      case Class<?> plain -> ofClass(plain);
      case ParameterizedType generic -> ofGeneric(generic);
      default -> throw new IllegalArgumentException("no sample for " + type);
    };
  }

  private Object ofGeneric(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    Type element = arguments[arguments.length - 1];
    List<Object> elements =
        inside.stream().filter(element::equals).count() > NESTED_AT_MOST
            ? List.of()
            : IntStream.range(0, choices(element)).mapToObj(_ -> of(element)).toList();
    if (generic.getRawType() == Map.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      elements.forEach(each -> map.put(text(), each));
      return map;
    }
    return generic.getRawType() == List.class ? elements : new LinkedHashSet<>(elements);
  }

  private static int choices(Type element) {
    if (!(element instanceof Class<?> type)) {
      return 1;
    }
    return type.isSealed()
        ? type.getPermittedSubclasses().length
        : type.isEnum() ? type.getEnumConstants().length : 2;
  }

  private Object ofClass(Class<?> type) {
    if (type == AppId.class) {
      return new AppId(text());
    }
    if (type == Secrets.class) {
      return Secrets.of(Map.of(text(), "hush-" + text(), "", "hush." + text()));
    }
    if (type == Packages.class) {
      return new Packages("ab".repeat(32), ++count, Integer.MAX_VALUE + (long) count);
    }
    if (type.isRecord()) {
      return ofRecord(type);
    }
    if (type.isSealed()) {
      return of(inTurn(type, Arrays.asList(type.getPermittedSubclasses())));
    }
    if (type.isEnum()) {
      return inTurn(type, Arrays.asList(type.getEnumConstants()));
    }
    count++;
    return switch (type.getName()) {
      case "java.lang.String" -> text();
      case "boolean" -> true;
      case "int", "java.lang.Integer" -> count;
      case "long" -> Integer.MAX_VALUE + (long) count;
      case "java.time.Duration" -> Duration.ofSeconds(count);
      case "java.time.Instant" -> Instant.ofEpochMilli(count);
      case "org.bson.BsonDocument" -> document();
      case "org.bson.BsonValue" -> inTurn(type, bson());
      default -> throw new IllegalArgumentException("no sample for " + type);
    };
  }

  private Object ofRecord(Class<?> type) {
    inside.push(type);
    try {
      RecordComponent[] components = type.getRecordComponents();
      List<Object> parts = new ArrayList<>();
      for (RecordComponent component : components) {
        parts.add(of(component.getGenericType()));
      }
      return type.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(parts.toArray());
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("no sample for " + type, failure);
    } finally {
      inside.pop();
    }
  }

  private <T> T inTurn(Class<?> type, List<T> choices) {
    return choices.get(turns.merge(type, 1, Integer::sum) % choices.size());
  }

  /// Text that is an App ID too.
  private String text() {
    count++;
    return "text-" + count;
  }

  private BsonDocument document() {
    return new BsonDocument(text(), new BsonString("ünï " + text()))
        .append("", new BsonArray(bson()));
  }

  private List<BsonValue> bson() {
    return List.of(
        new BsonDocument(text(), new BsonInt64(count)),
        BsonNull.VALUE,
        new BsonDouble(count / 3.0),
        new BsonObjectId(new ObjectId(0, count)),
        new BsonRegularExpression(text(), "i"),
        new BsonArray(List.of(new BsonString(text()))));
  }
}
