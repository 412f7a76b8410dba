package dev.berth.catalog.bus;

import dev.berth.appmodel.Secrets;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// Walks values and types: which components there are, and which of them hold something that is
/// not what they hold by default.
final class FilledComponents {

  private final Set<String> found = new TreeSet<>();
  private final Set<Type> seen = new HashSet<>();

  /// Every component of every record that a type reaches, as `Endpoint.route`, and every choice
  /// of every sealed interface and enum.
  static Set<String> ofType(Class<?> type) {
    FilledComponents walk = new FilledComponents();
    walk.walkType(type);
    return walk.found;
  }

  /// Of those the ones that some value in the sample fills.
  static Set<String> ofValue(Object value) {
    FilledComponents walk = new FilledComponents();
    walk.walkValue(value);
    return walk.found;
  }

  private void walkType(Type type) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        walkType(argument);
      }
    } else if (type instanceof Class<?> plain && seen.add(plain)) {
      walkClass(plain);
    }
  }

  private void walkClass(Class<?> type) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        found.add(permitted.getName());
        walkType(permitted);
      }
    } else if (type.isRecord()) {
      found.add(type.getName());
      for (RecordComponent component : type.getRecordComponents()) {
        found.add(type.getName() + "." + component.getName());
        walkType(component.getGenericType());
      }
    }
  }

  private void walkValue(@Nullable Object value) {
    switch (value) {
      case Record holder -> {
        found.add(holder.getClass().getName());
        for (RecordComponent component : holder.getClass().getRecordComponents()) {
          Object part = part(holder, component);
          if (isFilled(part)) {
            found.add(holder.getClass().getName() + "." + component.getName());
            walkValue(part);
          }
        }
      }
      case Map<?, ?> map -> map.values().forEach(this::walkValue);
      case Collection<?> elements -> elements.forEach(this::walkValue);
      case null, default -> {}
    }
  }

  private static @Nullable Object part(Record holder, RecordComponent component) {
    try {
      return component.getAccessor().invoke(holder);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("cannot read " + component, failure);
    }
  }

  private static boolean isFilled(@Nullable Object part) {
    return switch (part) {
      case null -> false;
      case String text -> !text.isEmpty();
      case Boolean flag -> flag;
      case Number number -> number.longValue() != 0;
      case BsonDocument document -> !document.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Collection<?> elements -> !elements.isEmpty();
      case Secrets secrets -> !secrets.names().isEmpty();
      default -> true;
    };
  }
}
