package dev.berth.identity.mail;

import static dev.berth.identity.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.AppId;
import dev.berth.identity.mail.LinkMail.Purpose;
import dev.berth.identity.mail.MailSettings.Tls;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailTest {

  private static final LinkMail MAIL =
      new LinkMail(
          new AppId("shop-abcde"),
          Purpose.CONFIRMATION,
          "ann@example.com",
          "Confirm",
          "https://example.com/?token=t0ken&tokenId=1d");

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void anSmtpServerGetsTheLink() {
    try (SmtpServer server = SmtpServer.on(vertx)) {
      SmtpMailer mailer = SmtpMailer.to(vertx, settings(server));

      await(mailer.send(MAIL));

      assertThat(server.lines)
          .contains("MAIL FROM:<berth@example.com>", "RCPT TO:<ann@example.com>")
          .contains("Subject: Confirm")
          .anyMatch(line -> line.contains("https://example.com/?token"));
      await(mailer.close());
    }
  }

  @Test
  void aMailThatIsRefusedIsAFailure() {
    try (SmtpServer server = SmtpServer.refusing(vertx)) {
      SmtpMailer mailer = SmtpMailer.to(vertx, settings(server));

      assertThat(await(mailer.send(MAIL).map("sent").otherwise("failed"))).isEqualTo("failed");
      await(mailer.close());
    }
  }

  @Test
  void whereEncryptionIsDemandedNothingIsSentWithoutIt() {
    try (SmtpServer server = SmtpServer.on(vertx)) {
      MailSettings strict =
          new MailSettings(
              "127.0.0.1", server.port(), Tls.STARTTLS, null, null, "berth@example.com");
      SmtpMailer mailer = SmtpMailer.to(vertx, strict);

      assertThat(await(mailer.send(MAIL).map("sent").otherwise("failed"))).isEqualTo("failed");
      assertThat(server.lines).noneMatch(line -> line.startsWith("MAIL"));
      await(mailer.close());
    }
  }

  @Test
  void withoutAServerTheLinkIsPrinted() {
    List<String> printed = new ArrayList<>();

    await(new PrintingMailer(printed::add).send(MAIL));

    assertThat(printed)
        .singleElement()
        .asString()
        .contains("confirmation", "ann@example.com", "shop-abcde", MAIL.link());
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/confirm, https://example.com/confirm?token=t&tokenId=i",
    "https://example.com/?lang=en, https://example.com/?lang=en&token=t&tokenId=i",
    "https://example.com/#/confirm, https://example.com/?token=t&tokenId=i#/confirm",
    "myapp://confirm, myapp://confirm?token=t&tokenId=i"
  })
  void aLinkIsTheConfiguredPageWithTheTokenInItsQuery(String url, String link) {
    assertThat(LinkMail.link(url, "t", "i")).isEqualTo(link);
  }

  @Test
  void headersOfMailCannotBeForged() {
    assertThatThrownBy(
            () ->
                new LinkMail(
                    new AppId("shop-abcde"),
                    Purpose.CONFIRMATION,
                    "ann@example.com\r\nBcc: all@example.com",
                    "Confirm",
                    "link"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noTextFormShowsALinkOrAPassword() {
    assertThat(MAIL.toString()).doesNotContain("token").doesNotContain("ann@");
    assertThat(
            new MailSettings("mail", 25, Tls.NONE, "berth", "s3cret", "a@example.com").toString())
        .doesNotContain("s3cret");
  }

  private static MailSettings settings(SmtpServer server) {
    return new MailSettings("127.0.0.1", server.port(), Tls.NONE, null, null, "berth@example.com");
  }
}
