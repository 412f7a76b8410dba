package dev.berth.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefinitionDigestTest {

  @Test
  void theSameDefinitionHasTheSameDigestWhateverTheOrderOfItsMaps() {
    String once = DefinitionDigest.of(Definitions.withManyValues(50));
    String again = DefinitionDigest.of(Definitions.withManyValues(50));

    assertThat(again).isEqualTo(once).matches("[0-9a-f]{64}");
  }

  @Test
  void anotherSourceOrAnotherNameHasAnotherDigest() {
    assertThat(DefinitionDigest.of(Definitions.withoutId("app", "exports = () => 1")))
        .isNotEqualTo(DefinitionDigest.of(Definitions.withoutId("app", "exports = () => 2")))
        .isNotEqualTo(DefinitionDigest.of(Definitions.withoutId("other", "exports = () => 1")));
  }

  @Test
  void aDeclaredIdIsPartOfTheDigest() {
    assertThat(DefinitionDigest.of(Definitions.withId("a", "x")))
        .isNotEqualTo(DefinitionDigest.of(Definitions.withId("b", "x")));
  }
}
