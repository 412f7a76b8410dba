package dev.berth.controlplane.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogEntryTest {

  /// A function may throw an error without a message, also one that signs somebody in.
  @ParameterizedTest
  @CsvSource({"'', '', false", "'', AuthError, true", "no, '', true", "no, AuthError, true"})
  void whatHasAMessageOrACodeFailed(String error, String code, boolean failed) {
    LogEntry entry =
        new LogEntry(
            new AppId("shop-abcde"),
            RequestId.next(),
            LogEntry.SIGN_IN,
            "",
            "custom-function",
            null,
            "127.0.0.1",
            "POST",
            "",
            Instant.EPOCH,
            Instant.EPOCH,
            failed ? 401 : 200,
            error,
            code);

    assertThat(entry.isError()).isEqualTo(failed);
  }
}
