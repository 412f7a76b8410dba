package dev.berth.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.identity.mail.MailSettings;
import dev.berth.identity.mail.MailSettings.Tls;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailUriTest {

  private static final String FROM = "apps@example.com";

  @Test
  void withoutAMailServerThereIsNone() {
    assertThat(MailUri.read(Map.of())).isNull();
    assertThat(MailUri.read(Map.of("SMTP_URI", " "))).isNull();
  }

  @Test
  void theUriSaysHowToReachIt() {
    assertThat(read("smtps://bob%40x:p%2Fw+d@mail.example.com"))
        .isEqualTo(new MailSettings("mail.example.com", 465, Tls.IMPLICIT, "bob@x", "p/w+d", FROM));
    assertThat(read("smtp+starttls://mail.example.com"))
        .isEqualTo(new MailSettings("mail.example.com", 587, Tls.STARTTLS, null, null, FROM));
    assertThat(read("smtp://127.0.0.1:2525"))
        .isEqualTo(new MailSettings("127.0.0.1", 2525, Tls.NONE, null, null, FROM));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.com:25",
        "http://mail.example.com",
        "smtp://",
        "smtps://hush@mail.example.com",
        "smtps://bob:hush hush@mail.example.com"
      })
  void whatCannotBeReadIsSaidWithoutShowingIt(String uri) {
    assertThatThrownBy(() -> read(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("SMTP_URI must be like")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @Test
  void aSenderIsNeeded() {
    assertThatThrownBy(() -> MailUri.read(Map.of("SMTP_URI", "smtp://127.0.0.1")))
        .hasMessage("SMTP_URI needs SMTP_FROM, the address that mail comes from");
  }

  private static MailSettings read(String uri) {
    return Objects.requireNonNull(MailUri.read(Map.of("SMTP_URI", uri, "SMTP_FROM", FROM)));
  }
}
