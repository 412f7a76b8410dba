package dev.berth.controlplane.admin.logs;

import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// A time in equal steps, as a query asks for it.
///
/// @param written the step as it was asked for, such as `PT1H`
record TimeSpan(Instant start, Instant end, Duration step, String written) {

  private static final int MOST_STEPS = 10_000;
  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(366);

  /// Times further away cannot be added to.
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

  /// Reads `start`, `end` and `granularity`; what is missing makes it the last day in hours.
  static TimeSpan orLastDay(AdminCall call, Instant now) {
    Instant end = call.query("end").isEmpty() ? now : instant(call, "end");
    Instant start =
        call.query("start").isEmpty() ? end.minus(Duration.ofDays(1)) : instant(call, "start");
    String granularity = call.query("granularity");
    return of(start, end, granularity.isEmpty() ? "PT1H" : granularity);
  }

  /// Reads them where they are there: without them it is this month as one.
  static TimeSpan orThisMonth(AdminCall call, Instant now) {
    LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
    String granularity = call.query("granularity").isEmpty() ? "P31D" : call.query("granularity");
    if (!List.of("P31D", "PT1H").contains(granularity)) {
      throw Refusal.invalid("\"granularity\" must be P31D or PT1H");
    }
    return of(
        call.query("start").isEmpty()
            ? first.atStartOfDay(ZoneOffset.UTC).toInstant()
            : instant(call, "start"),
        call.query("end").isEmpty()
            ? first.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1)
            : instant(call, "end"),
        granularity);
  }

  private static TimeSpan of(Instant start, Instant end, String granularity) {
    Duration step = duration(granularity);
    if (step.compareTo(SHORTEST) < 0) {
      throw Refusal.invalid("\"granularity\" must be at least PT5M");
    }
    if (start.isBefore(EARLIEST) || end.isAfter(LATEST) || step.compareTo(LONGEST) > 0) {
      throw Refusal.invalid(
          "\"start\" and \"end\" must be between the years 1970 and 2999, and \"granularity\" at most P366D");
    }
    if (!start.isBefore(end) || Duration.between(start, end).dividedBy(step) >= MOST_STEPS) {
      throw Refusal.invalid(
          "\"start\" must be before \"end\", by at most " + MOST_STEPS + " times the granularity");
    }
    return new TimeSpan(start, end, step, granularity);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException malformed) {
      throw Refusal.invalid("\"granularity\" must be a duration such as PT1H or P31D");
    }
  }

  private static Instant instant(AdminCall call, String name) {
    try {
      return OffsetDateTime.parse(call.query(name)).toInstant();
    } catch (DateTimeParseException malformed) {
      throw Refusal.invalid("\"" + name + "\" must be a time such as 2026-10-27T14:01:01Z");
    }
  }

  /// When each step begins.
  List<Instant> steps() {
    List<Instant> steps = new ArrayList<>();
    for (Instant at = start; at.isBefore(end); at = at.plus(step)) {
      steps.add(at);
    }
    return steps;
  }

  /// The place of a time among the steps.
  int stepOf(Instant at) {
    return Math.max(0, Math.toIntExact(Duration.between(start, at).dividedBy(step)));
  }
}
