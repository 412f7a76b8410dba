package dev.berth.launcher.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Binaries on their way into the embedded database and out of it.
class KeptBinariesTest {

  private static final String EVERY_TYPE =
      """
      {a: 1, b: {$numberLong: '1'}, c: 1.5, d: {$numberDecimal: '1.1'}, e: 'text', f: {g: [1, {}]},
       h: null, i: true, j: {$date: {$numberLong: '5'}}, k: {$oid: '639a521bbdec9b85ba94014b'},
       l: {$regularExpression: {pattern: 'a', options: 'i'}}, m: {$timestamp: {t: 1, i: 2}},
       n: {$minKey: 1}, o: {$maxKey: 1}, p: {$code: 'x'}, q: {$symbol: 's'}, r: {$undefined: true}}
      """;

  private final EmbeddedChannel connection = new EmbeddedChannel();

  @AfterEach
  void close() {
    connection.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, (byte) 128, (byte) 255})
  void comeOutAsTheyWentIn(byte subtype) {
    KeptBinaries.on(connection);
    KeptBinaries.on(connection);
    for (int length : new int[] {0, 3, 16, 40}) {
      BsonDocument document = BsonDocument.parse(EVERY_TYPE);
      BsonValue binary = new BsonBinary(subtype, new byte[length]);
      document.append("binary", binary).append("in", new BsonArray(List.of(binary, binary)));
      document.append("code", new BsonJavaScriptWithScope("x", new BsonDocument("y", binary)));
      byte[] message = message(document);

      byte[] inside = inward(message);

      assertThat(subtypes(inside, document)).as(subtype + ", " + length).isSubsetOf(0, 3, 4);
      assertThat(outward(inside)).as(subtype + ", " + length).isEqualTo(message);
    }
  }

  @Test
  void whatLooksMarkedComesOutAsItWentIn() {
    KeptBinaries.on(connection);
    byte[] text = "\u0000berth binary of subtype \u0007data".getBytes(StandardCharsets.US_ASCII);
    byte[] message = message(new BsonDocument("binary", new BsonBinary(text)));

    byte[] inside = inward(message);

    assertThat(inside).isNotEqualTo(message);
    assertThat(outward(inside)).isEqualTo(message);
  }

  @Test
  void whatNeedsNothingAndWhatIsNoBsonPass() {
    KeptBinaries.on(connection);
    byte[] ordinary = message(BsonDocument.parse(EVERY_TYPE));
    byte[] broken = message(new BsonDocument("a", new BsonInt32(1)));
    broken[broken.length - 8] = 0x42;

    assertThat(inward(ordinary)).isEqualTo(ordinary);
    assertThat(inward(broken)).isEqualTo(broken);
    assertThat(outward(ordinary)).isEqualTo(ordinary);
  }

  /// A message with a document, and with a sequence of the same one.
  private static byte[] message(BsonDocument document) {
    byte[] bson = bytes(document);
    ByteBuf message = Unpooled.buffer();
    message.writeIntLE(0).writeIntLE(7).writeIntLE(0).writeIntLE(2013).writeIntLE(0);
    message.writeByte(0).writeBytes(bson);
    message.writeByte(1).writeIntLE(4 + "documents".length() + 1 + 2 * bson.length);
    message.writeBytes("documents\u0000".getBytes(StandardCharsets.US_ASCII));
    message.writeBytes(bson).writeBytes(bson);
    message.setIntLE(0, message.writerIndex());
    return taken(message);
  }

  private static byte[] bytes(BsonDocument document) {
    var raw = new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer();
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    return bytes;
  }

  private byte[] inward(byte[] message) {
    // In two pieces, as networks do it.
    connection.writeInbound(Unpooled.copiedBuffer(message, 0, 10));
    connection.writeInbound(Unpooled.copiedBuffer(message, 10, message.length - 10));
    return taken(connection.readInbound());
  }

  private byte[] outward(byte[] message) {
    connection.writeOutbound(Unpooled.copiedBuffer(message));
    return taken(connection.readOutbound());
  }

  private static byte[] taken(ByteBuf buffer) {
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    buffer.release();
    return bytes;
  }

  private static List<Integer> subtypes(byte[] message, BsonDocument document) {
    byte[] first = new byte[message.length - 21];
    System.arraycopy(message, 21, first, 0, first.length);
    List<Integer> subtypes = new ArrayList<>();
    RawBsonDocument inside = new RawBsonDocument(first);
    assertThat(inside.keySet()).isEqualTo(document.keySet());
    collect(inside, subtypes);
    return subtypes;
  }

  private static void collect(BsonValue value, List<Integer> subtypes) {
    switch (value) {
      case BsonBinary binary -> subtypes.add((int) binary.getType());
      case BsonDocument inner -> inner.values().forEach(each -> collect(each, subtypes));
      case BsonArray array -> array.forEach(each -> collect(each, subtypes));
      case BsonJavaScriptWithScope code -> collect(code.getScope(), subtypes);
      default -> {}
    }
  }
}
