package dev.berth.identity.token;

import static dev.berth.identity.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.identity.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

  private static final AppId SHOP = new AppId("shop-abcde");

  private final TestClock clock = new TestClock();
  private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();
  private final SigningKeys keys = new SigningKeys(store, clock);

  @Test
  void twoGatewaysThatNeedTheFirstKeyAtOnceEndUpWithTheSame() {
    SigningKeys other = new SigningKeys(store, clock);

    SigningKey one = await(keys.current(SHOP));
    SigningKey same = await(other.current(SHOP));

    assertThat(same.id()).isEqualTo(one.id());
  }

  @Test
  void unknownKeyIdsReadTheStoreOnceInASecondAtMost() {
    await(keys.current(SHOP));
    clock.pass(Duration.ofSeconds(2));
    int before = store.reads;

    for (int i = 0; i < 100; i++) {
      assertThat(await(keys.find(SHOP, "unknown" + i))).isEmpty();
    }

    assertThat(store.reads - before).isEqualTo(1);
  }

  @Test
  void aKeyThatAnotherGatewayMadeIsFound() {
    await(keys.current(SHOP));
    await(new SigningKeys(store, clock).rotate(SHOP));
    clock.pass(Duration.ofSeconds(2));

    assertThat(await(keys.find(SHOP, store.keyId(SHOP)))).isPresent();
  }

  @Test
  void noTextFormShowsAKey() {
    SigningKey key = await(keys.current(SHOP));

    assertThat(key.toString()).isEqualTo("SigningKey[id=" + key.id() + "]");
  }
}
