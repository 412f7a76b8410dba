package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedBodyTest {

  private final ReceivedBody body = new ReceivedBody();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 16_384, 100_000})
  void whateverThePiecesAreTheBodyIsTheirSum(int most) {
    Random random = new Random(most);
    Buffer sent = Buffer.buffer();
    while (sent.length() < 50_000) {
      byte[] part = new byte[1 + random.nextInt(most)];
      random.nextBytes(part);
      sent.appendBytes(part);
      body.add(Buffer.buffer(part));
    }

    assertThat(body.length()).isEqualTo(sent.length());
    assertThat(body.take()).isEqualTo(sent.getBytes());
    assertThat(body.length()).isZero();
    assertThat(body.take()).isEmpty();
  }

  /// An array for each would take thirty times what the app is charged for.
  @Test
  void aBodyThatComesByteByByteIsNotHeldByteByByte() {
    Buffer one = Buffer.buffer("x");
    for (int i = 0; i < 1 << 20; i++) {
      body.add(one);
    }

    assertThat(body.pieces()).isLessThan(100);
  }
}
