package dev.berth.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @ParameterizedTest
  @CsvSource({
    "00-" + TRACE + "-" + PARENT + "-01, true",
    "00-" + TRACE + "-" + PARENT + "-00, false",
    // Other flags mean nothing to us.
    "00-" + TRACE + "-" + PARENT + "-fe, false",
    "00-" + TRACE + "-" + PARENT + "-03, true",
    // A later version may have more to say.
    "cc-" + TRACE + "-" + PARENT + "-01, true",
    "cc-" + TRACE + "-" + PARENT + "-00-what-the-future-brings, false",
  })
  void aHeaderNamesTraceAndParentAndWhetherTheyAreRecorded(String header, boolean sampled) {
    assertThat(TraceContext.read(header)).isEqualTo(new TraceContext(TRACE, PARENT, sampled));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenIsRead(boolean sampled) {
    TraceContext context = new TraceContext(TRACE, PARENT, sampled);

    assertThat(TraceContext.read(context.header())).isEqualTo(context);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + PARENT,
        "00-" + TRACE + "-" + PARENT + "-01-more",
        "00-" + TRACE + "-" + PARENT + "-1",
        "ff-" + TRACE + "-" + PARENT + "-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
        "00-00000000000000000000000000000000-" + PARENT + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-" + PARENT + "-01\n",
        "cc-" + TRACE + "-" + PARENT + "-01.",
      })
  void whatCannotBeUnderstoodNamesNothing(String header) {
    assertThat(TraceContext.read(header)).isNull();
  }

  @Test
  void anInvocationIsInTheTraceOfItsRequestHoweverTheHeaderIsSpelt() {
    Header header = new Header("Traceparent", "00-" + TRACE + "-" + PARENT + "-01");

    assertThat(call(List.of(new Header("Accept", "*/*"), header)).trace())
        .isEqualTo(new TraceContext(TRACE, PARENT, true));
    assertThat(call(List.of()).trace()).isNull();
  }

  @Test
  void aStepThatIsRecordedIsNearerThanTheHeader() {
    Header header = new Header("Traceparent", "00-" + TRACE + "-" + PARENT + "-01");
    TraceContext step = new TraceContext(TRACE, "b7ad6b7169203331", true);
    Invocation call = call(List.of(header));

    assertThat(call.in(call.envelope().as(step)).trace()).isEqualTo(step);
  }

  private static Invocation call(List<Header> headers) {
    return new Invocation.FunctionCall(
        new Invocation.Envelope(
            new AppId("shop-abcde"),
            new Revision(1),
            RequestId.next(),
            Caller.nobody(),
            Duration.ofSeconds(1)),
        "main",
        List.of(),
        new RequestFacts("", "GET", "", "", headers));
  }
}
