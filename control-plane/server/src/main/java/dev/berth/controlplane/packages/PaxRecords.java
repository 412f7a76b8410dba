package dev.berth.controlplane.packages;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The fields of an extended header: lines of `LENGTH KEY=VALUE`, where the length counts itself.
final class PaxRecords {

  static final String PATH = "path";
  static final String SIZE = "size";

  /// Far above what a path needs.
  static final int LARGEST = 1 << 16;

  private static final int LONGEST_LENGTH = 6;

  private PaxRecords() {}

  static Map<String, String> read(byte[] content) throws RefusedPackagesException {
    Map<String, String> fields = new HashMap<>();
    int start = 0;
    while (start < content.length) {
      int space = indexOf(content, ' ', start);
      int end = start + length(content, start, space);
      int equals = indexOf(content, '=', space);
      if (end > content.length || equals >= end || content[end - 1] != '\n') {
        throw damaged();
      }
      String key = text(content, space + 1, equals);
      if (key.startsWith("GNU.sparse.")) {
        throw new RefusedPackagesException("the archive holds a sparse file; pack it without -S");
      }
      fields.put(key, text(content, equals + 1, end - 1));
      start = end;
    }
    return fields;
  }

  private static int indexOf(byte[] content, char wanted, int from)
      throws RefusedPackagesException {
    for (int i = from; i < content.length; i++) {
      if (content[i] == wanted) {
        return i;
      }
    }
    throw damaged();
  }

  /// At least so long that the line feed is not before what it ends.
  private static int length(byte[] content, int start, int space) throws RefusedPackagesException {
    String digits = text(content, start, space);
    if (digits.isEmpty()
        || digits.length() > LONGEST_LENGTH
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw damaged();
    }
    int length = Integer.parseInt(digits);
    if (start + length <= space + 1) {
      throw damaged();
    }
    return length;
  }

  private static String text(byte[] content, int from, int to) {
    return new String(Arrays.copyOfRange(content, from, to), StandardCharsets.UTF_8);
  }

  /// The size of a file: what the extended header says, or else the plain one.
  static long size(Map<String, String> extended, long plain) throws RefusedPackagesException {
    String size = extended.get(SIZE);
    if (size == null) {
      return plain;
    }
    if (!size.matches("[0-9]{1,13}")) {
      throw damaged();
    }
    return TarHeader.within(Long.parseLong(size));
  }

  private static RefusedPackagesException damaged() {
    return new RefusedPackagesException(
        "the archive is damaged: an extended header cannot be read");
  }
}
