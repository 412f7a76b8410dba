package dev.berth.cli;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;

/// A time as people write it for `logs list`: a day, or a day with hours, minutes, seconds and
/// milliseconds, in UTC unless a zone follows such as `Z`, `+0200` or `+02:00`. The original's
/// command line takes the same (`flags/date.go` of realm-cli 2.6.3).
final class LogTime {

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd['T'HH[:mm[:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("]]][XXX][XX]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter();

  private LogTime() {}

  /// As the Admin API reads it.
  static String read(String written) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(written, FORMAT);
      return time.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString();
    } catch (DateTimeParseException noTime) {
      throw new CommandFailure(
          "\""
              + written
              + "\" is no time; expected one like 2026-01-31 or 2026-01-31T15:04:05+0100");
    }
  }
}
