package dev.berth.invocation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The trace that a client says its request belongs to, as W3C Trace Context writes it in the
/// header `traceparent`. It names, it does not protect.
///
/// @param traceId 32 lower-case hex digits, not all zero
/// @param parentId the step of the client: 16 lower-case hex digits, not all zero
public record TraceContext(String traceId, String parentId) {

  public static final String HEADER = "traceparent";

  /// Later versions may say more, after another `-`; there is no version `ff`.
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

  private static final String FIRST_VERSION = "00";

  /// Reads the header.
  ///
  /// @return `null` when there is none, or none that can be understood
  public static @Nullable TraceContext read(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher parts = FORM.matcher(header);
    boolean fits =
        parts.matches() && (parts.group(4) == null || !parts.group(1).equals(FIRST_VERSION));
    return fits ? new TraceContext(parts.group(2), parts.group(3)) : null;
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
