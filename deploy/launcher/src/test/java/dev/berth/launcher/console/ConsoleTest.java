package dev.berth.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.GuestLog;
import dev.berth.launcher.logs.LogFormat;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private static final RequestId ID = RequestId.next();
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Console console = new Console("1.2.3", new PrintWriter(out), new PrintWriter(err));

  @Test
  void aGuestLineCannotSteerTheTerminal() {
    console.guest(line("a\u001b[2Jb\tc\nd"));

    assertThat(out.toString()).isEqualTo("[app-abcde fn " + ID + "] a\uFFFD[2Jb\tc\nd\n");
  }

  @Test
  void eachLineForAProgramIsAnObjectWithTheFactsOfItsRequest() {
    try {
      LogFormat.JSON.use();

      console.guest(line("a\u001b[2Jb\nc"));
      console.complain("two\nlines");
    } finally {
      LogFormat.TEXT.use();
    }

    assertThat(out.toString().lines()).hasSize(1);
    assertThat(new JsonObject(out.toString()).getMap())
        .containsEntry("message", "a\u001b[2Jb\nc")
        .containsEntry("level", "warn")
        .containsEntry("appId", "app-abcde")
        .containsEntry("function", "fn")
        .containsEntry("requestId", ID.value())
        .containsEntry("traceId", TRACE)
        .containsKey("time");
    assertThat(new JsonObject(err.toString()).getMap())
        .containsEntry("level", "error")
        .containsEntry("message", "two\nlines");
  }

  private static GuestLog.Line line(String text) {
    return new GuestLog.Line(new AppId("app-abcde"), "fn", ID, TRACE, GuestLog.Level.WARN, text);
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
