package dev.berth.controlplane.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// A tar archive, written header by header, so that it can be as wrong as a test needs it.
final class TarFile {

  private static final int BLOCK = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  TarFile file(String name, String content) {
    return entry(name, '0', content.getBytes(UTF_8));
  }

  TarFile entry(String name, char type, byte[] content) {
    return header(name, type, content.length).content(content);
  }

  /// A header alone, whatever follows.
  TarFile header(String name, char type, long size) {
    byte[] block = new byte[BLOCK];
    put(block, 0, name);
    put(block, 100, "0000644\0");
    put(block, 124, String.format(Locale.ROOT, "%011o\0", size));
    put(block, 136, "00000000000\0");
    block[156] = (byte) type;
    put(block, 257, "ustar\0" + "00");
    return raw(withChecksum(block));
  }

  /// A header whose field has other bytes than it should have; its checksum is right.
  TarFile headerWith(String name, int offset, byte[] field) {
    TarFile other = new TarFile().header(name, '0', 0);
    byte[] block = other.bytes.toByteArray();
    System.arraycopy(field, 0, block, offset, field.length);
    return raw(withChecksum(block));
  }

  private static byte[] withChecksum(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xFF;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return block;
  }

  private static void put(byte[] block, int offset, String text) {
    byte[] field = text.getBytes(UTF_8);
    System.arraycopy(field, 0, block, offset, Math.min(field.length, offset == 0 ? 100 : 155));
  }

  /// An extended header for the next entry; each field is `KEY=VALUE`.
  TarFile pax(char type, String... fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      int length = field.getBytes(UTF_8).length + 3;
      while (length != Integer.toString(length).length() + field.getBytes(UTF_8).length + 2) {
        length++;
      }
      text.append(length).append(' ').append(field).append('\n');
    }
    return entry("PaxHeader", type, text.toString().getBytes(UTF_8));
  }

  TarFile content(byte[] content) {
    raw(content);
    return raw(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  TarFile raw(byte[] part) {
    bytes.writeBytes(part);
    return this;
  }

  /// The archive with its end.
  byte[] closed() {
    return raw(new byte[2 * BLOCK]).bytes.toByteArray();
  }

  /// What there is so far.
  byte[] open() {
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
