package dev.berth.invocation.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextOutputTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "ä€", "\uD83D\uDE00", "half \uD83D of a pair", "a\0b"})
  void aStringIsWrittenAsTheDriverDoes(String part) {
    for (int times : new int[] {1, 500}) {
      String text = part.repeat(times);

      assertThat(written(new TextOutput(), text)).isEqualTo(written(new BasicOutputBuffer(), text));
    }
  }

  private static byte[] written(BasicOutputBuffer output, String text) {
    try (output) {
      output.writeString(text);
      return output.toByteArray();
    }
  }
}
