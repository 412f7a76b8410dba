package dev.berth.launcher.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogEncoderTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("dev.berth.Some");

  @BeforeEach
  void startLogging() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    LogEncoder encoder = new LogEncoder(context, "%level: %msg %kvp%n");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(written);
    appender.start();
    log.addAppender(appender);
  }

  @AfterEach
  void writeForPeople() {
    LogFormat.TEXT.use();
  }

  @Test
  void aPersonGetsAShortLine() {
    log.atWarn().addKeyValue("requestId", "5f").log("request failed");

    assertThat(text()).isEqualTo("WARN: request failed requestId=\"5f\"\n");
  }

  @Test
  void aProgramGetsAnObjectInOneLineWithFactsAndStack() {
    LogFormat.JSON.use();

    log.atError()
        .addKeyValue("requestId", "5f")
        .addKeyValue("durationMs", 7L)
        .addKeyValue("level", "a fact of that name")
        .setCause(new IllegalStateException("two\nlines"))
        .log("request failed");

    assertThat(text().lines()).hasSize(1);
    JsonObject line = new JsonObject(text());
    assertThat(line.getMap())
        .containsEntry("level", "error")
        .containsEntry("logger", "dev.berth.Some")
        .containsEntry("message", "request failed")
        .containsEntry("requestId", "5f")
        .containsEntry("durationMs", 7);
    assertThat(line.getInstant("time")).isNotNull();
    assertThat(line.getString("stack")).contains("two\nlines", "LogEncoderTest");
  }

  @Test
  void aVariableOfTheEnvironmentCountsFromTheFirstLineOn() {
    assertThat(LogFormat.ofEnvironment(Map.of("BERTH_LOG_FORMAT", "json")))
        .isEqualTo(LogFormat.JSON);
    assertThat(LogFormat.ofEnvironment(Map.of())).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void aFormatThatThereIsNotIsTold() {
    assertThatThrownBy(() -> LogFormat.of("xml"))
        .hasMessage("log-format must be text or json, and is xml");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
