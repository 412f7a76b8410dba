package dev.berth.launcher.database;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.MessageToMessageEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets the database keep the subtypes of binaries. By itself it knows 0, 3 and 4, takes those
/// from 128 on for 0, and ends the connection at the others.
///
/// On the way in such a binary becomes one of subtype 0 that begins with a mark and with the
/// subtype, and on the way out it becomes again what it was. So does one that begins with the
/// mark by itself: what goes in comes out, whatever it is.
final class KeptBinaries {

  private static final byte[] MARK =
      "\u0000berth binary of subtype ".getBytes(StandardCharsets.US_ASCII);

  private static final String INWARD = "binaries in";
  private static final String OUTWARD = "binaries out";

  private static final byte GENERIC = 0;
  private static final byte LEGACY_UUID = 3;
  private static final byte UUID = 4;
  private static final int UUID_BYTES = 16;

  private static final int MESSAGE = 2013;
  private static final int CHECKSUM_FLAG = 1;
  private static final int OF_OPCODE = 12;
  private static final int OF_FLAGS = 16;
  private static final int OF_SECTIONS = 20;
  private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

  private KeptBinaries() {}

  /// Begins with it on a connection, on which no binary has come yet; a second time does nothing.
  static void on(Channel connection) {
    ChannelPipeline pipeline = connection.pipeline();
    if (pipeline.get(INWARD) == null) {
      pipeline.addFirst(OUTWARD, new Outward());
      pipeline.addFirst(INWARD, new Inward());
    }
  }

  private static final class Inward extends LengthFieldBasedFrameDecoder {

    Inward() {
      super(ByteOrder.LITTLE_ENDIAN, LARGEST_MESSAGE, 0, Integer.BYTES, -Integer.BYTES, 0, true);
    }

    @Override
    protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf received)
        throws Exception {
      Object frame = super.decode(context, received);
      if (!(frame instanceof ByteBuf message)) {
        return frame;
      }
      ByteBuf copy = context.alloc().buffer(message.readableBytes());
      return copied(message, copy, new Marking(message, copy));
    }
  }

  private static final class Outward extends MessageToMessageEncoder<ByteBuf> {

    @Override
    protected void encode(ChannelHandlerContext context, ByteBuf message, List<Object> out) {
      ByteBuf copy = context.alloc().buffer(message.readableBytes());
      out.add(copied(message.retain(), copy, new Unmarking(message, copy)));
    }
  }

  /// One of the two, with the other one released.
  private static ByteBuf copied(ByteBuf message, ByteBuf copy, BsonCopy copying) {
    int start = message.readerIndex();
    if (isCopied(message, copy, copying)) {
      message.release();
      return copy;
    }
    copy.release();
    return message.readerIndex(start);
  }

  /// Leaves alone what is no message of one or more documents, and has none of these binaries.
  private static boolean isCopied(ByteBuf message, ByteBuf copy, BsonCopy copying) {
    int start = message.readerIndex();
    if (message.readableBytes() <= OF_SECTIONS
        || message.getIntLE(start + OF_OPCODE) != MESSAGE
        || (message.getIntLE(start + OF_FLAGS) & CHECKSUM_FLAG) != 0) {
      return false;
    }
    try {
      copy.writeBytes(message, OF_SECTIONS);
      while (message.isReadable()) {
        section(message, copy, copying);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException notUnderstood) {
      return false;
    }
    copy.setIntLE(0, copy.writerIndex());
    return copying.isChanged();
  }

  private static void section(ByteBuf message, ByteBuf copy, BsonCopy copying) {
    byte kind = message.readByte();
    copy.writeByte(kind);
    if (kind == 0) {
      copying.document();
      return;
    }
    int end = message.readerIndex() + message.readIntLE();
    int start = copy.writerIndex();
    copy.writeIntLE(0);
    copying.text();
    while (message.readerIndex() < end) {
      copying.document();
    }
    copy.setIntLE(start, copy.writerIndex() - start);
  }

  private static boolean isMarked(ByteBuf from, int length) {
    if (length < MARK.length) {
      return false;
    }
    int start = from.readerIndex();
    for (int i = 0; i < MARK.length; i++) {
      if (from.getByte(start + i) != MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private static final class Marking extends BsonCopy {

    Marking(ByteBuf from, ByteBuf to) {
      super(from, to);
    }

    @Override
    boolean replaced(ByteBuf from, ByteBuf to, int length, byte subtype) {
      boolean isKnown =
          switch (subtype) {
            case GENERIC -> !isMarked(from, length);
            case LEGACY_UUID, UUID -> length == UUID_BYTES;
            default -> false;
          };
      if (isKnown) {
        return false;
      }
      to.writeIntLE(MARK.length + 1 + length);
      to.writeByte(GENERIC);
      to.writeBytes(MARK);
      to.writeByte(subtype);
      to.writeBytes(from, length);
      return true;
    }
  }

  private static final class Unmarking extends BsonCopy {

    Unmarking(ByteBuf from, ByteBuf to) {
      super(from, to);
    }

    @Override
    boolean replaced(ByteBuf from, ByteBuf to, int length, byte subtype) {
      if (subtype != GENERIC || length <= MARK.length || !isMarked(from, length)) {
        return false;
      }
      from.skipBytes(MARK.length);
      int data = length - MARK.length - 1;
      to.writeIntLE(data);
      to.writeByte(from.readByte());
      to.writeBytes(from, data);
      return true;
    }
  }
}
