package dev.berth.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTest {

  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Certificate files() {
    return new Certificate(folder.resolve("berth.crt"), folder.resolve("berth.key"));
  }

  private TestCertificate write(String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCertificate made = TestCertificate.make(folder, algorithm);
    made.writeCertificate(files().chain());
    made.writeKey(files().key());
    return made;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aCertificateAndItsKeyAreRead(String algorithm) throws Exception {
    write(algorithm);

    assertThat(files().read(vertx).getCertPath()).isEqualTo(files().chain().toString());
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() throws Exception {
    write("RSA");
    TestCertificate.make(folder, "RSA").writeKey(files().key());

    assertThatThrownBy(() -> files().read(vertx))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(files().key() + " is not the key of " + files().chain());
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    write("EC");
    Files.delete(files().key());

    assertThatThrownBy(() -> files().read(vertx))
        .hasMessage("the TLS key " + files().key() + " does not exist");
  }

  @Test
  void aFileThatIsNoPemIsNamed() throws Exception {
    write("EC");
    Files.writeString(files().chain(), "no certificate");

    assertThatThrownBy(() -> files().read(vertx))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(files().chain().toString());
  }
}
