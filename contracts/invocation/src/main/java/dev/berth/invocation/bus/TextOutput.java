package dev.berth.invocation.bus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.bson.io.BasicOutputBuffer;

/// A buffer for BSON that takes long strings at once. The driver's goes through each, character
/// by character.
final class TextOutput extends BasicOutputBuffer {

  private static final int LONG = 256;

  @Override
  public void writeString(String text) {
    if (text.length() < LONG) {
      super.writeString(text);
      return;
    }
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    try {
      ByteBuffer bytes = encoder.encode(CharBuffer.wrap(text.toCharArray()));
      writeInt32(bytes.remaining() + 1);
      writeBytes(bytes.array(), bytes.arrayOffset(), bytes.remaining());
      writeByte(0);
    } catch (CharacterCodingException halfOfAPair) {
      // UTF-8 has no bytes for it, and the driver has its way.
      super.writeString(text);
    }
  }
}
