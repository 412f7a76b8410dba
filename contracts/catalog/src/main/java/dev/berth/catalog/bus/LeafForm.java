package dev.berth.catalog.bus;

import java.lang.invoke.MethodType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/// A value that BSON has a type for; primitive or boxed is the same.
record LeafForm<T, B extends BsonValue>(
    String name, Class<T> type, Class<B> written, Function<T, B> toBson, Function<B, T> fromBson)
    implements Form {

  static final LeafForm<String, BsonString> TEXT =
      new LeafForm<>("text", String.class, BsonString.class, BsonString::new, BsonString::getValue);

  /// By the class that a record component is declared with.
  static final Map<Class<?>, Form> BY_CLASS =
      byClass(
          TEXT,
          new LeafForm<>(
              "boolean",
              Boolean.class,
              BsonBoolean.class,
              BsonBoolean::valueOf,
              BsonBoolean::getValue),
          new LeafForm<>(
              "int", Integer.class, BsonInt32.class, BsonInt32::new, BsonInt32::getValue),
          new LeafForm<>("long", Long.class, BsonInt64.class, BsonInt64::new, BsonInt64::getValue),
          new LeafForm<>(
              "double", Double.class, BsonDouble.class, BsonDouble::new, BsonDouble::getValue),
          new LeafForm<>(
              "duration",
              Duration.class,
              BsonInt64.class,
              duration -> new BsonInt64(duration.toNanos()),
              nanos -> Duration.ofNanos(nanos.getValue())),
          new LeafForm<>(
              "instant",
              Instant.class,
              BsonDateTime.class,
              instant -> new BsonDateTime(instant.toEpochMilli()),
              date -> Instant.ofEpochMilli(date.getValue())),
          new LeafForm<>(
              "document",
              BsonDocument.class,
              BsonDocument.class,
              Function.identity(),
              Function.identity()),
          new LeafForm<>(
              "bson", BsonValue.class, BsonValue.class, Function.identity(), Function.identity()));

  private static Map<Class<?>, Form> byClass(LeafForm<?, ?>... leaves) {
    Map<Class<?>, Form> byClass = new HashMap<>();
    for (LeafForm<?, ?> leaf : leaves) {
      byClass.put(leaf.type(), leaf);
      byClass.put(MethodType.methodType(leaf.type()).unwrap().returnType(), leaf);
    }
    return Map.copyOf(byClass);
  }

  @Override
  public BsonValue write(Object value) {
    return toBson.apply(type.cast(value));
  }

  @Override
  public Object read(BsonValue form) {
    if (!written.isInstance(form)) {
      throw new FormException("is " + form.getBsonType() + " where " + name + " belongs");
    }
    return fromBson.apply(written.cast(form));
  }
}
