package dev.berth.jsruntime.node;

import dev.berth.jsruntime.bounds.ValueBounds;
import dev.berth.jsruntime.compute.RefusedException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// `zlib`: what is inflated may not get larger than a buffer may be.
final class Compression {

  private static final int PIECE = 1 << 14;
  private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};

  private Compression() {}

  /// `[gzip, zlib or raw, level, data]`
  static String deflate(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    String form = texts.text(0);
    byte[] data = texts.bytes(2);
    Deflater deflater = new Deflater(texts.number(1, -1, 9), !form.equals("zlib"));
    try {
      deflater.setInput(data);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (form.equals("gzip")) {
        out.writeBytes(GZIP_HEAD);
      }
      byte[] piece = new byte[PIECE];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      if (form.equals("gzip")) {
        CRC32 sum = new CRC32();
        sum.update(data);
        writeInt(out, sum.getValue());
        writeInt(out, data.length);
      }
      return Texts.of(out.toByteArray());
    } finally {
      deflater.end();
    }
  }

  private static void writeInt(ByteArrayOutputStream out, long value) {
    for (int i = 0; i < 4; i++) {
      out.write((int) (value >> (8 * i)));
    }
  }

  /// `[gzip, zlib, raw or any, longest output, data]`
  static String inflate(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    byte[] data = texts.bytes(2);
    int longest = Math.min(texts.number(1, 0, ValueBounds.BUFFER_BYTES), ValueBounds.BUFFER_BYTES);
    boolean isGzip = data.length > 1 && data[0] == GZIP_HEAD[0] && data[1] == GZIP_HEAD[1];
    String form = texts.text(0);
    if (form.equals("gzip") && !isGzip) {
      throw new RefusedException("incorrect header check");
    }
    boolean skipsHead = isGzip && (form.equals("gzip") || form.equals("any"));
    try {
      return Texts.of(
          skipsHead
              ? inflated(data, headLength(data), true, longest)
              : inflated(data, 0, form.equals("raw"), longest));
    } catch (DataFormatException e) {
      throw new RefusedException(e.getMessage() == null ? "invalid data" : e.getMessage());
    }
  }

  private static byte[] inflated(byte[] data, int from, boolean raw, int longest)
      throws DataFormatException, RefusedException {
    Inflater inflater = new Inflater(raw);
    try {
      inflater.setInput(data, from, data.length - from);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      while (!inflater.finished()) {
        int length = inflater.inflate(piece);
        if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new RefusedException("unexpected end of file");
        }
        if (out.size() + length > longest) {
          throw new RefusedException("Cannot create a Buffer larger than " + longest + " bytes");
        }
        out.write(piece, 0, length);
      }
      return out.toByteArray();
    } finally {
      inflater.end();
    }
  }

  /// The head of a gzip file has parts that may be missing.
  private static int headLength(byte[] data) throws RefusedException {
    int at = 10;
    if (data.length < at || data[2] != 8) {
      throw new RefusedException("unknown compression method");
    }
    int flags = data[3];
    if ((flags & 4) != 0 && data.length > at + 1) {
      at += 2 + (data[at] & 255) + ((data[at + 1] & 255) << 8);
    }
    for (int text = flags & 24; text != 0; text &= text - 1) {
      while (at < data.length && data[at] != 0) {
        at++;
      }
      at++;
    }
    at += (flags & 2) != 0 ? 2 : 0;
    if (at > data.length) {
      throw new RefusedException("unexpected end of file");
    }
    return at;
  }
}
