package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.ejson.Ejson;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What tells one app definition from another: equal definitions have equal digests, in every
/// process and after every restart.
///
/// It walks the components of the records, so that a part that is added to the model is part of
/// the digest from its first day.
final class DefinitionDigest {

  private final MessageDigest sha256;

  private DefinitionDigest(MessageDigest sha256) {
    this.sha256 = sha256;
  }

  /// The SHA-256 of a definition as 64 hex digits.
  static String of(AppDefinition definition) {
    try {
      DefinitionDigest digest = new DefinitionDigest(MessageDigest.getInstance("SHA-256"));
      digest.add(definition);
      return HexFormat.of().formatHex(digest.sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void add(@Nullable Object part) {
    switch (part) {
      case null -> text("null");
      case Record parts -> {
        text(parts.getClass().getSimpleName());
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
          text(component.getName());
          add(read(component, parts));
        }
      }
      // Before maps and collections: BSON documents and arrays are both, and their order counts.
      case BsonValue value -> text(Ejson.canonical(value));
      case Map<?, ?> parts -> {
        // The maps of the model are immutable ones, whose order differs from process to process.
        Map<String, Object> sorted = new TreeMap<>();
        parts.forEach((key, value) -> sorted.put(key.toString(), value));
        text("map " + sorted.size());
        sorted.forEach(
            (key, value) -> {
              text(key);
              add(value);
            });
      }
      case Collection<?> parts -> {
        text("list " + parts.size());
        parts.forEach(this::add);
      }
      case String value -> text(value);
      case Boolean value -> text(value.toString());
      case Number value -> text(value.toString());
      case Enum<?> value -> text(value.name());
      default -> throw new IllegalStateException("no digest for a " + part.getClass().getName());
    }
  }

  private static @Nullable Object read(RecordComponent component, Record from) {
    try {
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record of the model is not public: " + component, e);
    }
  }

  /// Each text with its length, so that no two sequences of texts look alike.
  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    sha256.update(bytes);
  }
}
