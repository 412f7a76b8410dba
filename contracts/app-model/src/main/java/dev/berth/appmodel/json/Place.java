package dev.berth.appmodel.json;

/// Where something stands in a file, for messages.
///
/// @param file relative to the app root, with `/`
/// @param pointer JSON pointer (RFC 6901), or `""` for the whole file
/// @param line 1-based, or 0 when it is not known
public record Place(String file, String pointer, int line) {

  /// A file as a whole.
  public static Place of(String file) {
    return new Place(file, "", 0);
  }

  /// Something inside this place that has no line of its own, such as a field that is missing.
  public Place inside(String name) {
    return new Place(file, pointer + "/" + escape(name), line);
  }

  /// The same place, on another line.
  public Place onLine(int number) {
    return new Place(file, pointer, number);
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /// `file:line`, or the file alone when the line is not known.
  public String fileAndLine() {
    return line > 0 ? file + ":" + line : file;
  }
}
