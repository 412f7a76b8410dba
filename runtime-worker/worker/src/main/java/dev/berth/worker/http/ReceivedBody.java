package dev.berth.worker.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// The body of a response, much as it came: small pieces are joined.
///
/// A buffer that grows would be copied again and again, and each copy of a large body is garbage
/// that a small heap feels.
final class ReceivedBody {

  /// A server may send its body byte by byte, and each array costs more than a byte.
  private static final int LARGEST_JOINT_BYTES = 16 << 10;

  private final List<byte[]> parts = new ArrayList<>();
  private byte[] last = new byte[0];
  private int filled;
  private int length;

  void add(Buffer part) {
    int from = 0;
    while (from < part.length()) {
      int left = part.length() - from;
      if (filled == last.length) {
        last = new byte[Math.max(left, Math.min(length, LARGEST_JOINT_BYTES))];
        filled = 0;
        parts.add(last);
      }
      int some = Math.min(left, last.length - filled);
      part.getBytes(from, from + some, last, filled);
      from += some;
      filled += some;
      length += some;
    }
  }

  /// How many arrays hold it.
  int pieces() {
    return parts.size();
  }

  int length() {
    return length;
  }

  /// All of it, once: the pieces are gone then.
  byte[] take() {
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      int some = Math.min(part.length, length - at);
      System.arraycopy(part, 0, all, at, some);
      at += some;
    }
    parts.clear();
    last = new byte[0];
    filled = 0;
    length = 0;
    return all;
  }
}
