package dev.berth.controlplane.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.EmbeddedMongo;
import dev.berth.controlplane.secret.Vault.Sealed;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

  private static final MasterKey KEY = MasterKey.parse(MasterKey.generate());
  private static final AppId SHOP = new AppId("shop-abcde");

  private final Vertx vertx = Vertx.vertx();
  private final Vault vault = new Vault(KEY, List.of());
  @TempDir private Path folder;
  private EmbeddedMongo server;
  private ControlPlaneDatabase database;

  @BeforeEach
  void open() {
    server = EmbeddedMongo.in(folder);
    database = ControlPlaneDatabase.open(vertx, server.connectionString());
  }

  @AfterEach
  void close() {
    database.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    server.close();
  }

  @Test
  void whatIsSealedIsOpenedForTheSamePurposeAlone() {
    Sealed sealed = vault.seal("s3cret", "secret shop/1");

    assertThat(vault.open(sealed, "secret shop/1")).isEqualTo("s3cret");
    assertThatThrownBy(() -> vault.open(sealed, "secret other/1"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aChangedByteIsNoticed() {
    Sealed sealed = vault.seal("s3cret", "a");
    byte[] content = Base64.getDecoder().decode(sealed.content());
    content[content.length - 1] ^= 1;
    Sealed changed = new Sealed(sealed.keyId(), Base64.getEncoder().encodeToString(content));

    assertThatThrownBy(() -> vault.open(changed, "a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherMasterKeyIsRefusedWhenTheDatabaseIsOpened() {
    vault.claim(database);
    Vault other = new Vault(MasterKey.parse(MasterKey.generate()), List.of());

    vault.claim(database);

    assertThatThrownBy(() -> other.claim(database))
        .isInstanceOf(WrongMasterKeyException.class)
        .hasMessageContaining("the secrets in the database are encrypted with the master key");
  }

  @Test
  void secretsAreNowhereInTheDatabaseAndReadableAfterARotation() {
    AppSecrets secrets = AppSecrets.in(database, vault);
    secrets.add(SHOP, "token", "s3cret-value");
    MasterKey next = MasterKey.parse(MasterKey.generate());
    AppSecrets rotating = AppSecrets.in(database, new Vault(next, List.of(KEY)));

    int rotated = rotating.rotate();

    AppSecrets after = AppSecrets.in(database, new Vault(next, List.of()));
    assertThat(rotated).isEqualTo(1);
    assertThat(after.read(SHOP).find("token")).isEqualTo("s3cret-value");
    assertThat(database.collection("secrets").all(new JsonObject(), "_id").toString())
        .contains("token")
        .doesNotContain("s3cret-value");
  }

  @Test
  void aMalformedKeyIsExplainedAndNotShown() {
    assertThatThrownBy(() -> MasterKey.parse("c2VjcmV0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl rand -base64 32")
        .hasMessageNotContaining("c2VjcmV0");
    assertThatThrownBy(() -> MasterKey.parse("not base64!"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("not base64!");
  }
}
