package dev.berth.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Console console = new Console("1.2.3", new PrintWriter(out), new PrintWriter(err));

  @Test
  void aGuestLineCannotSteerTheTerminal() {
    console.guest("app-abcde", "fn", "00", "a\u001b[2Jb\tc\nd");

    assertThat(out.toString()).isEqualTo("[app-abcde fn 00] a\uFFFD[2Jb\tc\nd\n");
  }

  @Test
  void problemsAreListedErrorsFirstWithPathsThatCanBeOpened() {
    console.rejected(
        Path.of("apps/shop"),
        List.of(
            Problem.warning("values/a.json", "/value", 0, "odd"),
            Problem.error("functions/a.js", "", 3, "bad"),
            Problem.error("", "", 0, "no app")),
        "shop-abcde: revision 1 goes on serving");

    assertThat(err.toString())
        .isEqualTo(
            """
            error: apps/shop/functions/a.js:3: bad
            error: apps/shop: no app
            warning: apps/shop/values/a.json /value: odd
            shop-abcde: revision 1 goes on serving
            """);
  }

  @Test
  void localAddressesAreShownAsLocalhostAndRoutesAsTheyAreSent() {
    assertThat(new BaseUrl("http", "0.0.0.0", 8080).of(new AppId("a-b"), "/my notes/ä?"))
        .isEqualTo("http://localhost:8080/app/a-b/endpoint/my%20notes/ä%3F");
    assertThat(new BaseUrl("http", "2001:db8::1", 80)).hasToString("http://[2001:db8::1]:80");
    assertThat(new BaseUrl("http", "box.lan", 80)).hasToString("http://box.lan:80");
  }
}
