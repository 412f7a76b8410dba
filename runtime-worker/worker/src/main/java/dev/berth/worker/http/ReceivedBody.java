package dev.berth.worker.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// The body of a response, in the pieces in which it came.
///
/// A buffer that grows would be copied again and again, and each copy of a large body is garbage
/// that a small heap feels.
final class ReceivedBody {

  private final List<byte[]> parts = new ArrayList<>();
  private int length;

  void add(Buffer part) {
    parts.add(part.getBytes());
    length += part.length();
  }

  int length() {
    return length;
  }

  /// All of it, once: the pieces are gone then.
  byte[] take() {
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    parts.clear();
    length = 0;
    return all;
  }
}
