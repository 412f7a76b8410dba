package dev.berth.jsruntime.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the build prepared spares a start the work, and changes nothing else.
class PreparedClassesTest {

  private static final String NAME = "com.oracle.truffle.js.runtime.BigInt";
  private static final String NEIGHBOUR = "com.oracle.truffle.js.runtime.JSConfig";

  @Test
  void theBuildPreparedWhatAStartWouldMake() throws IOException {
    List<BoundedClass> made = PreparedClasses.make();

    List<BoundedClass> prepared = PreparedClasses.read();

    assertThat(prepared).usingRecursiveFieldByFieldElementComparator().isEqualTo(made);
  }

  @Test
  void whatWasPreparedFitsTheEngineItWasMadeFrom() throws IOException {
    List<BoundedClass> prepared = PreparedClasses.read();

    assertThat(prepared).isNotEmpty();
    assertThat(PreparedClasses.fit(prepared)).isTrue();
  }

  @Test
  void whatWasMadeFromAnotherClassDoesNotFit() throws IOException {
    byte[] other = BoundedClass.original(NAME, NEIGHBOUR);
    other[other.length - 1]++;

    BoundedClass made = new BoundedClass(NAME, NEIGHBOUR, BoundedClass.checksum(other), other);

    assertThat(PreparedClasses.fit(List.of(made))).isFalse();
  }
}
