package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who gets the cookies that a server set.
class CookieJarTest {

  private final CookieJar jar = new CookieJar();

  @ParameterizedTest
  @CsvSource({
    "a=1, http://x.a.test/, a=1",
    "a=1, http://y.a.test/, ''",
    "a=1; Domain=a.test, http://y.a.test/, a=1",
    "a=1; Domain=.A.test, http://a.test/, a=1",
    "a=1; Domain=a.test, http://evila.test/, ''",
    "a=1; Domain=test, http://b.test/, ''",
    "a=1; Domain=b.test, http://b.test/, ''",
    "a=1; Path=/p, http://x.a.test/q, ''",
    "a=1; Path=/p, http://x.a.test/p/q, a=1",
    "a=1; Secure, http://x.a.test/, ''",
    "a=1; Secure, https://x.a.test/, a=1",
    "a=1; Max-Age=0, http://x.a.test/, ''",
    "=1, http://x.a.test/, ''",
    "novalue, http://x.a.test/, ''",
    "a=\"q\", http://x.a.test/, a=q",
  })
  void aCookieGoesToWhomItIsMeantFor(String header, String to, String sent) {
    jar.remember(Target.parse("http://x.a.test/"), List.of(header));

    assertThat(jar.header(Target.parse(to), Map.of())).isEqualTo(sent);
  }

  @Test
  void whatAppCodeGivesWins() {
    jar.remember(Target.parse("http://a.test/"), List.of("a=server", "b=server"));

    assertThat(jar.header(Target.parse("http://a.test/"), Map.of("a", "mine")))
        .isEqualTo("a=mine; b=server");
  }
}
