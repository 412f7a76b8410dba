package dev.berth.endtoend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The fields of a message in the wire format of Protocol Buffers, by their numbers, as far as
/// they can be told without the definition of the message.
final class ProtobufMessage {

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final Map<Integer, List<byte[]>> parts = new HashMap<>();
  private final Map<Integer, Long> numbers = new HashMap<>();

  ProtobufMessage(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint(in);
      int field = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case VARINT -> numbers.put(field, varint(in));
        case EIGHT_BYTES -> numbers.put(field, in.getLong());
        case FOUR_BYTES -> numbers.put(field, (long) in.getInt());
        case LENGTH -> {
          byte[] part = new byte[(int) varint(in)];
          in.get(part);
          parts.computeIfAbsent(field, _ -> new ArrayList<>()).add(part);
        }
        default -> throw new IllegalArgumentException("not a message of Protocol Buffers");
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }

  boolean has(int field) {
    return parts.containsKey(field) || numbers.containsKey(field);
  }

  long number(int field) {
    return numbers.getOrDefault(field, 0L);
  }

  String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  String hex(int field) {
    return HexFormat.of().formatHex(bytes(field));
  }

  private byte[] bytes(int field) {
    return parts.containsKey(field) ? parts.get(field).getFirst() : new byte[0];
  }

  List<ProtobufMessage> messages(int field) {
    return parts.getOrDefault(field, List.of()).stream().map(ProtobufMessage::new).toList();
  }
}
