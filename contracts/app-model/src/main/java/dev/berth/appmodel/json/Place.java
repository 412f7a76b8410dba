package dev.berth.appmodel.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Where something stands in a file, for messages.
///
/// Every value of a file has one, so it holds no text of its own but its name: a pointer is put
/// together when somebody asks for it.
///
/// @param file relative to the app root, with `/`
/// @param parent what it stands in; `null` for the whole file
/// @param name of the field, or index of the element, in its parent
/// @param line 1-based, or 0 when it is not known
public record Place(String file, @Nullable Place parent, String name, int line) {

  /// A file as a whole.
  public static Place of(String file) {
    return new Place(file, null, "", 0);
  }

  /// Something inside this place that has no line of its own, such as a field that is missing.
  public Place inside(String field) {
    return new Place(file, this, field, line);
  }

  /// The same place, on another line.
  public Place onLine(int number) {
    return new Place(file, parent, name, number);
  }

  /// JSON pointer (RFC 6901), or `""` for the whole file.
  public String pointer() {
    Deque<String> names = new ArrayDeque<>();
    for (Place place = this; place.parent != null; place = place.parent) {
      names.addFirst(escape(place.name));
    }
    return names.isEmpty() ? "" : "/" + String.join("/", names);
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /// `file:line`, or the file alone when the line is not known.
  public String fileAndLine() {
    return line > 0 ? file + ":" + line : file;
  }
}
