package dev.berth.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalog.AddressRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {

  private final TrustedProxies proxies =
      new TrustedProxies(
          Stream.of("10.0.0.0/8", "2001:db8::/32").map(AddressRange::parse).toList());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Nobody in between, or somebody who only says so.
        "192.0.2.1 | 203.0.113.5 | 192.0.2.1",
        "192.0.2.1 | '' | 192.0.2.1",
        "10.0.0.1 | '' | 10.0.0.1",
        // One proxy, several, and what the client made up itself.
        "10.0.0.1 | 203.0.113.5 | 203.0.113.5",
        "10.0.0.1 | 203.0.113.5, 10.0.0.2 | 203.0.113.5",
        "10.0.0.1 | 127.0.0.1, 203.0.113.5 | 203.0.113.5",
        "10.0.0.1 | 127.0.0.1, 203.0.113.5, 10.9.9.9 | 203.0.113.5",
        "2001:db8::1 | 203.0.113.5 | 203.0.113.5",
        // Everybody on the way is ours.
        "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
        // With a port, as some proxies write it.
        "10.0.0.1 | 203.0.113.5:4711 | 203.0.113.5",
        "10.0.0.1 | [2001:db9::5]:4711 | 2001:db9:0:0:0:0:0:5",
        // Nonsense is the end of what can be known.
        "10.0.0.1 | unknown | 10.0.0.1",
        "10.0.0.1 | evil.example, 10.0.0.2 | 10.0.0.2",
        "10.0.0.1 | , | 10.0.0.1"
      })
  void theClientIsTheLastOnTheWayThatIsNoProxyOfOurs(
      String peer, String forwardedFor, String expected) {
    assertThat(proxies.client(peer, List.of(forwardedFor))).isEqualTo(expected);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(proxies.client("10.0.0.1", List.of("127.0.0.1", "203.0.113.5", "10.0.0.2")))
        .isEqualTo("203.0.113.5");
  }

  @Test
  void onlyAProxyOfOursIsBelievedWhatTheRequestWas() {
    assertThat(proxies.said("10.0.0.1", "http, https")).isEqualTo("https");
    assertThat(proxies.said("192.0.2.1", "https")).isNull();
    assertThat(proxies.said("10.0.0.1", " ")).isNull();
    assertThat(proxies.said("10.0.0.1", null)).isNull();
    assertThat(TrustedProxies.none().said("10.0.0.1", "https")).isNull();
  }
}
