package dev.berth.jsruntime;

import dev.berth.ejson.Ejson;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// One function of `attacks.js`.
///
/// @param ends how it may end
record Attack(String name, String ends, String source) {

  private static final Pattern BEGINNING = Pattern.compile("(?m)^//# ");
  private static final Pattern OR = Pattern.compile(" or ");

  private static final Set<Limit> RESOURCES = Set.of(Limit.CPU_TIME, Limit.TIME, Limit.MEMORY);

  static List<Attack> all() {
    String text;
    try (InputStream in = Attack.class.getResourceAsStream("attacks.js")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Attack> attacks = new ArrayList<>();
    for (String part : BEGINNING.splitAsStream(text).toList()) {
      int arrow = part.indexOf(" -> ");
      int end = part.indexOf('\n');
      if (!part.startsWith("//") && arrow > 0) {
        attacks.add(
            new Attack(
                part.substring(0, arrow), part.substring(arrow + 4, end), part.substring(end)));
      }
    }
    return attacks;
  }

  /// Whether it came to one of its ends.
  boolean endedAsItMust(Outcome outcome) {
    return OR.splitAsStream(ends).anyMatch(end -> isEnd(end, outcome));
  }

  private static boolean isEnd(String end, Outcome outcome) {
    int space = end.indexOf(' ');
    String rest = end.substring(space + 1);
    return switch (end.substring(0, space)) {
      case "over" ->
          outcome instanceof Outcome.OverLimit(Limit limit, _)
              && (rest.equals("RESOURCES") ? RESOURCES.contains(limit) : limit.name().equals(rest));
      case "threw" -> outcome instanceof Outcome.Threw(_, String message) && message.contains(rest);
      case "returned" ->
          outcome instanceof Outcome.Returned(var value) && Ejson.plain(value).equals(rest);
      default -> throw new IllegalArgumentException("no such end: " + end);
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
