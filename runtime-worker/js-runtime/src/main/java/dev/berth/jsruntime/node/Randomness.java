package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.SecureRandom;
import java.util.List;

/// Bytes that nobody can guess.
final class Randomness {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MOST = 1 << 20;

  private Randomness() {}

  /// `[count]`
  static String bytes(List<String> texts) throws RefusedException {
    byte[] bytes = new byte[new Texts(texts).number(0, 0, MOST)];
    RANDOM.nextBytes(bytes);
    return Texts.of(bytes);
  }
}
