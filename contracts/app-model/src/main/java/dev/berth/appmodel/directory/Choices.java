package dev.berth.appmodel.directory;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The spellings that a field may have, and what each means. Letter case does not matter.
record Choices<T>(Map<String, T> bySpelling) {

  Choices {
    bySpelling = Collections.unmodifiableMap(new LinkedHashMap<>(bySpelling));
  }

  /// The names of an enum's constants.
  static <E extends Enum<E>> Choices<E> of(Class<E> type) {
    Map<String, E> bySpelling = new LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants()).forEach(value -> bySpelling.put(value.name(), value));
    return new Choices<>(bySpelling);
  }

  /// Texts that mean themselves.
  static Choices<String> ofTexts(String... texts) {
    Map<String, String> bySpelling = new LinkedHashMap<>();
    Arrays.stream(texts).forEach(text -> bySpelling.put(text, text));
    return new Choices<>(bySpelling);
  }

  /// These and one more spelling.
  Choices<T> and(String spelling, T meaning) {
    Map<String, T> more = new LinkedHashMap<>(bySpelling);
    more.put(spelling, meaning);
    return new Choices<>(more);
  }

  /// What a spelling means, or `null` when it is not allowed.
  @Nullable T find(String text) {
    for (Map.Entry<String, T> choice : bySpelling.entrySet()) {
      if (choice.getKey().equalsIgnoreCase(text)) {
        return choice.getValue();
      }
    }
    return null;
  }

  /// Every spelling, for messages.
  String allowed() {
    return String.join(", ", bySpelling.keySet());
  }
}
