package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.controlplane.secret.MasterKey;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.WrongMasterKeyException;
import dev.berth.controlplane.tenant.NewKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {

  private static final MasterKey NEXT = MasterKey.parse(MasterKey.generate());
  private static final Vault BOTH = new Vault(NEXT, List.of(RunningControlPlane.KEY));
  private static final Vault NEW = new Vault(NEXT, List.of());

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private LocalApp shop;
  private NewKey administrator;

  @BeforeEach
  void anInstallationWithSecrets() {
    plane = RunningControlPlane.localIn(folder);
    administrator = plane.plane.firstAdministrator().orElseThrow();
    shop = LocalApp.make(plane, "shop");
    shop.push(LocalApp.withSecret("x", "first")).require(204);
    shop.draft();
    shop.push(LocalApp.withSecret("y", "second")).require(204);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void afterARotationNothingNeedsTheKeyBefore() {
    plane.restart(BOTH);
    plane.restart(NEW);

    String draft =
        shop.client().get(shop.path() + "/drafts").array(200).getJsonObject(0).getString("_id");
    String before = secret();
    shop.deploy(draft).require(201);

    assertThat(before).isEqualTo("first");
    assertThat(secret()).isEqualTo("second");
    plane
        .signIn(administrator.publicKey(), administrator.privateKey())
        .get("/auth/profile")
        .require(200);
    assertThat(plane.plane.administrators().digestSecret(administrator.publicKey())).isPresent();
  }

  @Test
  void aRotationThatWasInterruptedGoesOn() {
    // As far as a process came that ended in the middle.
    assertThat(plane.rotateSecretsAlone(BOTH)).isPositive();

    plane.restart(BOTH);
    plane.restart(NEW);

    assertThat(secret()).isEqualTo("first");
  }

  @Test
  void withoutARotationAnotherKeyIsRefused() {
    assertThatThrownBy(() -> plane.restart(NEW)).isInstanceOf(WrongMasterKeyException.class);

    plane.restart(BOTH);
  }

  private String secret() {
    return String.valueOf(
        Objects.requireNonNull(shop.served(), "a live app").secrets().find("__sms_auth_token"));
  }
}
