package dev.berth.controlplane.packages;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One header block of a tar archive.
///
/// @param type the letter that says what follows
/// @param size of what follows, in bytes
record TarHeader(String name, char type, long size) {

  private static final int BLOCK = 512;

  /// A terabyte: nobody packs that, and sums of it fit a `long`.
  private static final long LARGEST = 1L << 40;

  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;

  /// Reads a block; `null` for the one that ends an archive.
  static @Nullable TarHeader read(InputStream in) throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      throw new EOFException();
    }
    if (isEmpty(block)) {
      return null;
    }
    if (number(block, CHECKSUM, CHECKSUM_END) != checksum(block)) {
      throw new RefusedPackagesException("the archive is damaged, or no tar archive");
    }
    return new TarHeader(name(block), (char) (block[156] & 0xFF), number(block, 124, 136));
  }

  private static boolean isEmpty(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM_END ? ' ' : block[i] & 0xFF;
    }
    return sum;
  }

  private static String name(byte[] block) {
    String name = text(Arrays.copyOfRange(block, 0, 100));
    // GNU's own form has other things where ustar has the first part of a long path.
    boolean isUstar = text(Arrays.copyOfRange(block, 257, 263)).equals("ustar");
    String before = isUstar ? text(Arrays.copyOfRange(block, 345, 500)) : "";
    return before.isEmpty() ? name : before + "/" + name;
  }

  /// Text up to the first zero.
  static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  /// Octal digits between spaces, or a binary number when the first bit says so.
  private static long number(byte[] block, int from, int to) throws RefusedPackagesException {
    if ((block[from] & 0x80) != 0) {
      return binary(block, from, to);
    }
    String digits = text(Arrays.copyOfRange(block, from, to)).strip();
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        throw new RefusedPackagesException("the archive is damaged, or no tar archive");
      }
      value = value * 8 + digit;
    }
    return within(value);
  }

  private static long binary(byte[] block, int from, int to) throws RefusedPackagesException {
    long value = block[from] & 0x7F;
    for (int i = from + 1; i < to; i++) {
      value = (within(value) << 8) | (block[i] & 0xFF);
    }
    return within(value);
  }

  /// Refuses what could overflow anywhere.
  static long within(long size) throws RefusedPackagesException {
    if (size < 0 || size > LARGEST) {
      throw new RefusedPackagesException("the archive is damaged: a size is out of range");
    }
    return size;
  }

  /// How many bytes fill the last block of a content.
  static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }
}
