package dev.berth.rules.schema;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression of a schema, which no text can keep busy for long.
///
/// @param pattern found anywhere in a text, as JSON Schema wants it
record TextPattern(Pattern pattern) {

  /// How often one match may look at a character: some milliseconds.
  private static final int MAX_LOOKS = 1_000_000;

  /// The pattern, or `null` when it is none.
  static @Nullable TextPattern parse(String written) {
    try {
      return new TextPattern(Pattern.compile(written));
    } catch (PatternSyntaxException _) {
      return null;
    } catch (StackOverflowError _) {
      // Nested deeper than the thread can follow; it holds no lock and has changed nothing.
      return null;
    }
  }

  /// Whether it is found in a text, or `null` when that takes too long to tell.
  @Nullable Boolean isIn(CharSequence text) {
    try {
      return pattern.matcher(new Watched(text, new AtomicInteger(MAX_LOOKS))).find();
    } catch (TooLong _) {
      return null;
    } catch (StackOverflowError _) {
      // Groups that repeat recurse with every repetition; nothing but the match is lost.
      return null;
    }
  }

  private static final class TooLong extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLong() {
      super("a pattern takes too long", null, false, false);
    }
  }

  /// Counts how often it is looked at.
  private record Watched(CharSequence text, AtomicInteger left) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (left.decrementAndGet() < 0) {
        throw new TooLong();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Watched(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
