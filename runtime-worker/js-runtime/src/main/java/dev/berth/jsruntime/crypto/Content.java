package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.nio.charset.StandardCharsets;

/// Messages and keys on their way between a context and the JVM's cryptography.
final class Content {

  /// A message may have as many bytes or characters: a digest of so much takes some 50 ms.
  private static final int MOST_OF_A_MESSAGE = 16 * 1024 * 1024;

  private static final int MOST_OF_A_KEY = 32 * 1024;

  private Content() {}

  /// @param content text after `t`, or bytes as Latin-1 after `b`
  static byte[] message(String content) throws RefusedException {
    if (content.length() > MOST_OF_A_MESSAGE) {
      throw new RefusedException("the message is longer than 16 MB");
    }
    boolean isText = content.startsWith("t");
    return content
        .substring(1)
        .getBytes(isText ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  static byte[] latin1(String text) throws RefusedException {
    if (text.length() > MOST_OF_A_MESSAGE) {
      throw new RefusedException("the message is longer than 16 MB");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// Refuses what is too long to be a key, before anything is made of it.
  static String key(String text) throws RefusedException {
    if (text.length() > MOST_OF_A_KEY) {
      throw new RefusedException("the key is longer than 32 KB");
    }
    return text;
  }

  static byte[] secret(String text) throws RefusedException {
    return key(text).getBytes(StandardCharsets.UTF_8);
  }
}
