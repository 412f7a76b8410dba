package dev.berth.controlplane.admin.http;

import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts of a multipart body, of whichever subtype.
public final class Multipart {

  private static final int MOST_PARTS = 16;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = parameter("name");
  private static final Pattern FILE_NAME = parameter("filename");

  private Multipart() {}

  private static Pattern parameter(String name) {
    return Pattern.compile("[;\\s]" + name + "=(?:\"([^\"]*)\"|([^;\\s]*))");
  }

  /// One part.
  ///
  /// @param fileName `null` when it has none
  public record Part(String name, @Nullable String fileName, Buffer content) {}

  /// Takes the body of a request apart.
  public static List<Part> of(AdminRequest request) {
    String type = request.header("Content-Type");
    Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("multipart/")
        || !boundary.find()) {
      throw Refusal.invalid("the body must be of type multipart/form-data");
    }
    return parts(request.body().getBytes(), "--" + group(boundary));
  }

  /// The only file in the body of a request.
  public static Part file(AdminRequest request) {
    return of(request).stream()
        .filter(part -> part.name().equals("file"))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("the body has no part named \"file\""));
  }

  private static List<Part> parts(byte[] body, String delimiter) {
    byte[] first = bytes(delimiter);
    byte[] next = bytes("\r\n" + delimiter);
    int start = indexOf(body, first, 0);
    if (start < 0) {
      throw malformed();
    }
    List<Part> parts = new ArrayList<>();
    int from = start + first.length;
    while (!isAt(body, bytes("--"), from)) {
      int end = indexOf(body, next, from);
      if (end < 0 || parts.size() == MOST_PARTS) {
        throw malformed();
      }
      parts.add(part(body, from, end));
      from = end + next.length;
    }
    return parts;
  }

  private static Part part(byte[] body, int from, int end) {
    byte[] blankLine = bytes("\r\n\r\n");
    int headEnd = indexOf(body, blankLine, from);
    if (headEnd < 0 || headEnd > end) {
      throw malformed();
    }
    String head = new String(body, from, headEnd - from, StandardCharsets.UTF_8);
    String disposition =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
            .findFirst()
            .orElseThrow(Multipart::malformed);
    Matcher name = NAME.matcher(disposition);
    Matcher fileName = FILE_NAME.matcher(disposition);
    int contentStart = Math.min(headEnd + blankLine.length, end);
    return new Part(
        name.find() ? group(name) : "",
        fileName.find() ? group(fileName) : null,
        Buffer.buffer(Arrays.copyOfRange(body, contentStart, end)));
  }

  private static String group(Matcher matcher) {
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private static int indexOf(byte[] all, byte[] wanted, int from) {
    for (int i = from; i <= all.length - wanted.length; i++) {
      if (all[i] == wanted[0] && isAt(all, wanted, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] all, byte[] wanted, int at) {
    return at + wanted.length <= all.length
        && Arrays.equals(all, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Refusal malformed() {
    return Refusal.invalid("the multipart body is malformed");
  }
}
