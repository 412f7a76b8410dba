package dev.berth.launcher.database;

import io.netty.buffer.ByteBuf;

/// Copies BSON value by value, with other binaries in place of some.
///
/// What is no BSON ends in an exception, before or after some of it has been copied.
abstract class BsonCopy {

  private static final int STRING_OR_CODE = 0x02;
  private static final byte END = 0;

  private final ByteBuf from;
  private final ByteBuf to;
  private boolean changed;

  BsonCopy(ByteBuf from, ByteBuf to) {
    this.from = from;
    this.to = to;
  }

  /// Writes a binary in place of the one that `from` stands at, after its length and subtype.
  ///
  /// @return false when nothing was written or read, and it is to be copied as it is
  abstract boolean replaced(ByteBuf from, ByteBuf to, int length, byte subtype);

  /// Whether anything is not what it was.
  boolean isChanged() {
    return changed;
  }

  void document() {
    from.skipBytes(Integer.BYTES);
    int start = to.writerIndex();
    to.writeIntLE(0);
    for (byte type = from.readByte(); type != END; type = from.readByte()) {
      to.writeByte(type);
      text();
      value(type);
    }
    to.writeByte(END);
    to.setIntLE(start, to.writerIndex() - start);
  }

  private void value(byte type) {
    switch (type) {
      case 0x01, 0x09, 0x11, 0x12 -> copy(Long.BYTES);
      case STRING_OR_CODE, 0x0D, 0x0E -> counted();
      case 0x03, 0x04 -> document();
      case 0x05 -> binary();
      case 0x06, 0x0A, 0x7F, (byte) 0xFF -> {}
      case 0x07 -> copy(12);
      case 0x08 -> copy(1);
      case 0x0B -> {
        text();
        text();
      }
      case 0x0C -> {
        counted();
        copy(12);
      }
      case 0x0F -> codeWithScope();
      case 0x10 -> copy(Integer.BYTES);
      case 0x13 -> copy(2 * Long.BYTES);
      default -> throw new IllegalArgumentException("no type of BSON: " + type);
    }
  }

  private void binary() {
    int length = from.readIntLE();
    byte subtype = from.readByte();
    if (replaced(from, to, length, subtype)) {
      changed = true;
      return;
    }
    to.writeIntLE(length);
    to.writeByte(subtype);
    copy(length);
  }

  private void codeWithScope() {
    from.skipBytes(Integer.BYTES);
    int start = to.writerIndex();
    to.writeIntLE(0);
    counted();
    document();
    to.setIntLE(start, to.writerIndex() - start);
  }

  /// A text that ends with a zero.
  final void text() {
    int length = from.bytesBefore(END);
    if (length < 0) {
      throw new IllegalArgumentException("a text without an end");
    }
    copy(length + 1);
  }

  /// A text behind its length.
  private void counted() {
    int length = from.readIntLE();
    to.writeIntLE(length);
    copy(length);
  }

  private void copy(int bytes) {
    to.writeBytes(from, bytes);
  }
}
