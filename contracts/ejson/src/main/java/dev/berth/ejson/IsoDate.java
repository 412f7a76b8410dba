package dev.berth.ejson;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Dates as text: `2022-06-07T08:10:30.998Z`.
final class IsoDate {

  /// Date and time with an offset, spelt `Z`, `+02:00` or `+0200`.
  private static final DateTimeFormatter INPUT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private IsoDate() {}

  /// The spelling of JavaScript's `toISOString`: UTC, three decimals, and six digits with a sign
  /// for years that four digits cannot hold.
  static String format(long epochMillis) {
    OffsetDateTime moment = Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(24);
    int year = moment.getYear();
    if (year >= 0 && year <= 9999) {
      appendPadded(out, year, 4);
    } else {
      appendPadded(out.append(year < 0 ? '-' : '+'), Math.abs(year), 6);
    }
    appendPadded(out.append('-'), moment.getMonthValue(), 2);
    appendPadded(out.append('-'), moment.getDayOfMonth(), 2);
    appendPadded(out.append('T'), moment.getHour(), 2);
    appendPadded(out.append(':'), moment.getMinute(), 2);
    appendPadded(out.append(':'), moment.getSecond(), 2);
    appendPadded(out.append('.'), moment.getNano() / 1_000_000, 3);
    return out.append('Z').toString();
  }

  private static void appendPadded(StringBuilder out, int number, int width) {
    String digits = Integer.toString(number);
    out.repeat('0', Math.max(0, width - digits.length())).append(digits);
  }

  /// Milliseconds since 1970, or `null` when the text is no date with a time and an offset.
  static @Nullable Long parse(String text) {
    try {
      return OffsetDateTime.parse(text, INPUT).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException malformed) {
      return null;
    }
  }
}
