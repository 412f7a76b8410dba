package dev.berth.invocation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The trace that a client says its request belongs to, as W3C Trace Context writes it in the
/// header `traceparent`. It names, it does not protect.
///
/// @param traceId 32 lower-case hex digits, not all zero
/// @param parentId the step of the caller: 16 lower-case hex digits, not all zero
/// @param sampled whether the caller records its step, so that ours are wanted too
public record TraceContext(String traceId, String parentId, boolean sampled) {

  public static final String HEADER = "traceparent";

  /// Later versions may say more, after another `-`; there is no version `ff`.
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final String FIRST_VERSION = "00";

  /// The only bit of the flags that all versions know.
  private static final int SAMPLED = 1;

  /// Reads the header.
  ///
  /// @return `null` when there is none, or none that can be understood
  public static @Nullable TraceContext read(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher parts = FORM.matcher(header);
    boolean fits =
        parts.matches() && (parts.group(5) == null || !parts.group(1).equals(FIRST_VERSION));
    return fits
        ? new TraceContext(parts.group(2), parts.group(3), isSampled(parts.group(4)))
        : null;
  }

  private static boolean isSampled(String flags) {
    return (Integer.parseInt(flags, 16) & SAMPLED) != 0;
  }

  /// As the header says it.
  public String header() {
    return FIRST_VERSION + "-" + traceId + "-" + parentId + (sampled ? "-01" : "-00");
  }

  /// Looks for the header; slow enough to be asked for only when something is to be told.
  static @Nullable TraceContext in(List<Header> headers) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(HEADER)) {
        return read(header.value());
      }
    }
    return null;
  }
}
