package dev.berth.rules.schema;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A form of texts that a schema can ask for by name.
enum TextFormat {
  DATE_TIME("date-time"),
  DATE("date"),
  EMAIL("email"),
  HOSTNAME("hostname"),
  IPV4("ipv4"),
  URI_FORM("uri"),
  UUID("uuid");

  private static final Pattern EMAIL_FORM = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");
  private static final Pattern LABELS =
      Pattern.compile("[a-zA-Z0-9-]{1,63}(\\.[a-zA-Z0-9-]{1,63}){0,10}\\.?");
  private static final Pattern BYTES =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  private static final Pattern HEX =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int MAX_LENGTH = 10_000;

  private final String spelling;

  TextFormat(String spelling) {
    this.spelling = spelling;
  }

  static @Nullable TextFormat find(String spelling) {
    return Arrays.stream(values())
        .filter(format -> format.spelling.equals(spelling))
        .findFirst()
        .orElse(null);
  }

  String spelling() {
    return spelling;
  }

  boolean isFormOf(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    return switch (this) {
      case DATE_TIME -> isParsed(() -> OffsetDateTime.parse(text));
      case DATE -> isParsed(() -> LocalDate.parse(text));
      case EMAIL -> EMAIL_FORM.matcher(text).matches();
      case HOSTNAME -> LABELS.matcher(text).matches();
      case IPV4 -> BYTES.matcher(text).matches();
      case URI_FORM -> isAbsoluteUri(text);
      case UUID -> HEX.matcher(text).matches();
    };
  }

  private static boolean isParsed(Runnable parse) {
    try {
      parse.run();
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isAbsoluteUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
