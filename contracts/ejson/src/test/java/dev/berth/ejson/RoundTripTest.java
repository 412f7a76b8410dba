package dev.berth.ejson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Properties that hold for values made at random; the seed makes a failure repeatable.
class RoundTripTest {

  private static final String CHARACTERS = "aZ0 \"\\/\n\t\u0000\u001fé漢\u2028$.%";

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void canonicalTextReadsBackAsTheSameValue(long seed) throws EjsonParseException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      BsonValue value = anyValue(random, 0);

      assertThat(Ejson.parse(Ejson.canonical(value))).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void plainTextIsJsonThatSpellsTheSameAgain(long seed) throws EjsonParseException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      String plain = Ejson.plain(anyValue(random, 0));

      assertThat(Ejson.plain(Ejson.parse(plain))).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10})
  void damagedTextIsReadOrRefusedButNeverBreaksTheReader(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder(Ejson.canonical(anyValue(random, 0)));
      text.setCharAt(
          random.nextInt(text.length()), "{}[]\":,$19ntx\u0000".charAt(random.nextInt(14)));

      try {
        assertThat(Ejson.parse(text.toString())).isNotNull();
      } catch (EjsonParseException refused) {
        assertThat(refused.line()).isPositive();
        assertThat(refused.column()).isPositive();
      }
    }
  }

  private static BsonValue anyValue(Random random, int depth) {
    return switch (random.nextInt(depth < 4 ? 15 : 13)) {
      case 0 -> new BsonInt32(random.nextInt());
      case 1 -> new BsonInt64(random.nextLong());
      case 2 -> new BsonDouble(anyDouble(random));
      case 3 -> new BsonDouble(random.nextInt(2000) - 1000);
      case 4 -> new BsonString(anyText(random));
      case 5 -> BsonBoolean.valueOf(random.nextBoolean());
      case 6 -> BsonNull.VALUE;
      case 7 -> new BsonDateTime(random.nextLong());
      case 8 -> new BsonObjectId(new ObjectId());
      case 9 -> new BsonBinary((byte) random.nextInt(256), anyBytes(random));
      case 10 -> new BsonTimestamp(random.nextInt(), random.nextInt());
      case 11 -> new BsonDecimal128(Decimal128.fromIEEE754BIDEncoding(1L << 61, random.nextLong()));
      case 12 -> new BsonRegularExpression("a" + random.nextInt(9), "i");
      case 13 -> anyArray(random, depth);
      default -> anyDocument(random, depth);
    };
  }

  private static double anyDouble(Random random) {
    double number = Double.longBitsToDouble(random.nextLong());
    return Double.isNaN(number) ? Double.NaN : number;
  }

  private static byte[] anyBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(8)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String anyText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return random.nextInt(10) == 0 ? text.append("😀\ud83d").toString() : text.toString();
  }

  private static BsonArray anyArray(Random random, int depth) {
    BsonArray array = new BsonArray();
    for (int size = random.nextInt(5); size > 0; size--) {
      array.add(anyValue(random, depth + 1));
    }
    return array;
  }

  private static BsonDocument anyDocument(Random random, int depth) {
    BsonDocument document = new BsonDocument();
    for (int size = random.nextInt(5); size > 0; size--) {
      String name = "k" + anyText(random).replace("\0", "");
      document.append(name, anyValue(random, depth + 1));
    }
    return document;
  }
}
