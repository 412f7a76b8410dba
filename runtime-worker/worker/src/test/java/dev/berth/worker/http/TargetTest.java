package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a URL is taken apart.
class TargetTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "http://a.test, false, a.test, 80, /",
        "HTTPS://A.Test:8443/x, true, a.test, 8443, /x",
        "https://a.test?q=1#f, true, a.test, 443, /?q=1",
        "http://a.test/p/../q;x=1?a=b&c=%20, false, a.test, 80, /p/../q;x=1?a=b&c=%20",
        "http://a.test/a b|{c}?d=é\", false, a.test, 80, /a%20b%7C%7Bc%7D?d=%C3%A9%22",
        "http://[::1]:81/, false, [::1], 81, /",
        "http://under_score.test/, false, under_score.test, 80, /",
        "http://bücher.test/, false, xn--bcher-kva.test, 80, /",
        "http://a.test:/x, false, a.test, 80, /x",
        "http://u@v:p@a.test/, false, a.test, 80, /",
        "http://good.test@a.test/, false, a.test, 80, /",
      })
  void aUrlIsTakenApart(String url, boolean secure, String host, int port, String uri) {
    assertThat(Target.parse(url).withCredentials(null))
        .isEqualTo(new Target(secure, host, port, uri, null));
  }

  @Test
  void credentialsAreDecoded() {
    assertThat(Target.parse("http://a%40b:c%3Ad+e@a.test/").credentials())
        .isEqualTo(new Credentials("a@b", "c:d+e"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.test",
        "/x",
        "http:a.test",
        "http:/a.test",
        "http://",
        "http://:80/",
        "http:///x",
        "ftp://a.test/",
        "file:///etc/passwd",
        "javascript://a.test/%0aalert(1)",
        "gopher://a.test/",
        "jar:http://a.test!/",
        "http://a.test:0/",
        "http://a.test:65536/",
        "http://a.test:x/",
        "http://a b/",
        "http://a\\.test/",
        "http://a.test\\@b.test/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://a.test/\r\nX: y",
        "http://a.test/?\nX",
        "http://a\r\n.test/",
        "http://a.test/\0",
        "http://a.test/\u007f",
        "http://%31%30.0.0.1/",
        "http://u%zz@a.test/"
      })
  void whatIsNoUrlIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.parse(url))
        .withMessageStartingWith("must be a URL");
  }

  @ParameterizedTest
  @CsvSource({
    "/x, http://a.test:81/x",
    "x?y=1, http://a.test:81/dir/x?y=1",
    "../x, http://a.test:81/x",
    "?y, http://a.test:81/dir/?y",
    "//b.test/x, http://b.test:80/x",
    "https://b.test, https://b.test:443/",
    "/é x#f, http://a.test:81/%C3%A9%20x",
  })
  void aRedirectLeadsFromWhereItCame(String location, String expected) {
    Target from = Target.parse("http://a.test:81/dir/page?q");

    assertThat(from.resolve(location)).isEqualTo(parsed(expected));
  }

  private static Target parsed(String url) {
    return Target.parse(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a.test/", "/\r\nX: y", "http://", "javascript:alert(1)", "/%zz"})
  void aRedirectToNowhereIsRefused(String location) {
    Target from = Target.parse("http://a.test/");

    assertThatIllegalArgumentException().isThrownBy(() -> from.resolve(location));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test/, http://a.test/x, true",
    "http://a.test/, https://a.test/, true",
    "https://a.test/, http://a.test/, false",
    "http://a.test/, http://a.test:81/, false",
    "http://a.test/, http://b.test/, false",
    "http://a.test/, http://x.a.test/, false",
  })
  void secretsGoToTheSameHostOnly(String given, String next, boolean mayGo) {
    assertThat(Target.parse(next).mayHaveSecretsOf(Target.parse(given))).isEqualTo(mayGo);
  }
}
