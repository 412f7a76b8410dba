package dev.berth.launcher.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number with a unit, as people write it.
public enum Quantity {
  /// In ms; written as `500ms`, `5s`, `2m` or `12h`.
  DURATION("a duration such as 500ms, 5s, 2m or 12h", "ms"),
  /// In bytes; written as `4096`, `64k`, `512m` or `2g`.
  SIZE("a size such as 64k, 512m or 2g", " bytes"),
  /// Written as it is.
  COUNT("a whole number", "");

  private static final Pattern FORM = Pattern.compile("(?<number>[0-9]{1,12})(?<unit>[a-z]*)");

  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);

  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

  private final String description;
  private final String unit;

  Quantity(String description, String unit) {
    this.description = description;
    this.unit = unit;
  }

  /// How it is written, for messages.
  public String description() {
    return description;
  }

  /// The number that a text stands for.
  ///
  /// @throws IllegalArgumentException when it is not written like that
  public long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    Long factor = matcher.matches() ? units().get(matcher.group("unit")) : null;
    if (factor == null) {
      throw new IllegalArgumentException(description);
    }
    return Math.multiplyExact(Long.parseLong(matcher.group("number")), factor);
  }

  /// A number in the smallest unit, which [#parse] reads again.
  public String text(long value) {
    return this == DURATION ? value + unit : Long.toString(value);
  }

  /// A number for people.
  String shown(long value) {
    return value + unit;
  }

  private Map<String, Long> units() {
    return switch (this) {
      case DURATION -> MILLIS;
      case SIZE -> BYTES;
      case COUNT -> Map.of("", 1L);
    };
  }
}
