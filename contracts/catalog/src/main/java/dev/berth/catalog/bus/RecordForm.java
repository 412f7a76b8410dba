package dev.berth.catalog.bus;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A record: a document with a field for each component that is not `null`.
final class RecordForm implements Form {

  private record Component(String name, boolean mayBeNull, Method accessor, Form form) {}

  private final Class<?> type;
  private final Constructor<?> constructor;
  private final List<Component> components = new ArrayList<>();

  RecordForm(Class<?> type) {
    this.type = type;
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      this.constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("a record without its constructor: " + type, impossible);
    }
  }

  /// Finds the forms of the components, which may lead back here.
  ///
  /// @param forms gives the form of a type that stands in the named place
  void resolve(BiFunction<AnnotatedType, String, Form> forms) {
    for (RecordComponent component : type.getRecordComponents()) {
      AnnotatedType declared = component.getAnnotatedType();
      components.add(
          new Component(
              component.getName(),
              declared.isAnnotationPresent(Nullable.class),
              component.getAccessor(),
              forms.apply(declared, type.getName() + "." + component.getName())));
    }
  }

  @Override
  public BsonValue write(Object value) {
    BsonDocument document = new BsonDocument();
    for (Component component : components) {
      try {
        Object part = component.accessor().invoke(value);
        if (part != null) {
          document.put(component.name(), component.form().write(part));
        } else if (!component.mayBeNull()) {
          throw new FormException("is null");
        }
      } catch (FormException fault) {
        throw fault.inside(component.name());
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException("an accessor of " + type + " failed", impossible);
      }
    }
    return document;
  }

  @Override
  public Object read(BsonValue written) {
    if (!(written instanceof BsonDocument document)) {
      throw new FormException("is " + written.getBsonType() + " where a document belongs");
    }
    @Nullable Object[] parts = new @Nullable Object[components.size()];
    int found = 0;
    for (int i = 0; i < parts.length; i++) {
      Component component = components.get(i);
      BsonValue part = document.get(component.name());
      try {
        if (part != null) {
          parts[i] = component.form().read(part);
          found++;
        } else if (!component.mayBeNull()) {
          throw new FormException("is missing");
        }
      } catch (FormException fault) {
        throw fault.inside(component.name());
      }
    }
    if (found != document.size()) {
      throw new FormException("has a field that is no component of the record");
    }
    return make(parts);
  }

  private Object make(@Nullable Object[] parts) {
    try {
      return constructor.newInstance(parts);
    } catch (InvocationTargetException _) {
      // What the record says of it may quote the value.
      throw new FormException("is refused by " + type.getSimpleName());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("the constructor of " + type + " failed", impossible);
    }
  }

  @Override
  public String name() {
    return type.getName();
  }

  @Override
  public String structure() {
    return components.stream()
        .map(each -> each.name() + (each.mayBeNull() ? "?: " : ": ") + each.form().name())
        .collect(Collectors.joining(", ", "record " + name() + "(", ")"));
  }
}
