package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The example of RFC 7616, section 3.9.1.
class DigestChallengeTest {

  private static final String CLIENT_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  private static DigestChallenge challenge(String... headers) {
    return Objects.requireNonNull(DigestChallenge.in(List.of(headers)));
  }

  @ParameterizedTest
  @CsvSource({
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
  })
  void theAnswerIsThatOfTheStandard(String algorithm, String expected) {
    String header =
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm="
            + algorithm
            + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\""
            + ", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

    DigestChallenge challenge = challenge("Basic realm=\"x\"", header);

    assertThat(
            challenge.answer(
                new Credentials("Mufasa", "Circle of Life"),
                "GET",
                "/dir/index.html",
                CLIENT_NONCE))
        .startsWith("Digest username=\"Mufasa\", ")
        .contains(
            "response=\"" + expected + "\"", "qop=auth, nc=00000001, ", "uri=\"/dir/index.html\"")
        .endsWith("cnonce=\"" + CLIENT_NONCE + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=\"x\"",
        "Digest nonce=\"x\"",
        "Digest realm=\"x\", nonce=\"y\", algorithm=SHA-512-256",
        "Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"",
        "Digest",
        "Digest ",
      })
  void whatCannotBeAnsweredIsNot(String header) {
    assertThat(DigestChallenge.in(List.of(header))).isNull();
  }

  @Test
  void aNameCannotLeaveItsQuotes() {
    DigestChallenge challenge = challenge("Digest realm=\"r\", nonce=\"n\"");

    assertThat(challenge.answer(new Credentials("a\", x=\"", "p"), "GET", "/", "c"))
        .startsWith("Digest username=\"a\\\", x=\\\"\", realm=\"r\"");
  }
}
