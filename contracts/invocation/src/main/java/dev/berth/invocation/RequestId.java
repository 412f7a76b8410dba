package dev.berth.invocation;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Names one request from the client to the last log line it causes (`co_id` in the
/// logs of the original).
///
/// @param value 24 lower-case hex digits
public record RequestId(String value) {

  private static final int LENGTH = 24;
  private static final HexFormat HEX = HexFormat.of();

  public RequestId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a request id: " + value);
    }
  }

  /// A new one: seconds since 1970 in the first eight digits, chance in the rest, as in an
  /// ObjectId. It names, it does not protect; never accept one as a credential.
  public static RequestId next() {
    long seconds = System.currentTimeMillis() / 1000;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new RequestId(HEX.toHexDigits((int) seconds) + HEX.toHexDigits(random.nextLong()));
  }

  /// By hand, because every request makes one and a pattern is several times slower.
  private static boolean isValid(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return text.length() == LENGTH;
  }

  @Override
  public String toString() {
    return value;
  }
}
