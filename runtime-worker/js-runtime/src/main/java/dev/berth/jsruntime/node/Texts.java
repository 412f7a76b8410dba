package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Arguments of a computation: texts, of which some stand for bytes or numbers.
final class Texts {

  private final List<String> texts;

  Texts(List<String> texts) {
    this.texts = texts;
  }

  String text(int at) throws RefusedException {
    if (at >= texts.size()) {
      throw new RefusedException("an argument is missing");
    }
    return texts.get(at);
  }

  byte[] bytes(int at) throws RefusedException {
    return text(at).getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A whole number within bounds.
  int number(int at, int from, int to) throws RefusedException {
    String text = text(at);
    if (text.matches("-?[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= from && value <= to) {
        return value;
      }
    }
    throw new RefusedException("a number must be from " + from + " to " + to);
  }

  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
