package dev.berth.launcher.logs;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/// Writes what is logged in the format of the process.
public final class LogEncoder extends EncoderBase<ILoggingEvent> {

  private static final byte[] NOTHING = {};

  private final PatternLayoutEncoder forPeople = new PatternLayoutEncoder();

  /// @param pattern of the lines for a person
  public LogEncoder(Context context, String pattern) {
    setContext(context);
    forPeople.setContext(context);
    forPeople.setPattern(pattern);
    forPeople.start();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return switch (LogFormat.current()) {
      case TEXT -> forPeople.encode(event);
      case JSON -> (json(event) + "\n").getBytes(StandardCharsets.UTF_8);
    };
  }

  private static String json(ILoggingEvent event) {
    JsonLine line =
        JsonLine.of(
            Instant.ofEpochMilli(event.getTimeStamp()),
            event.getLevel().toString(),
            event.getLoggerName(),
            event.getFormattedMessage());
    List<KeyValuePair> facts = event.getKeyValuePairs();
    if (facts != null) {
      facts.forEach(fact -> line.with(fact.key, fact.value));
    }
    IThrowableProxy thrown = event.getThrowableProxy();
    return line.with("stack", thrown == null ? null : ThrowableProxyUtil.asString(thrown)).text();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
