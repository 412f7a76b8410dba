package dev.berth.identity.provider;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in a token a value is: names with dots between them, `\.` for a dot that is part of a
/// name.
record ClaimPath(List<String> names) {

  ClaimPath {
    names = List.copyOf(names);
  }

  static ClaimPath of(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '.') {
        name.append('.');
        i++;
      } else if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return new ClaimPath(names);
  }

  /// The last name, under which the value is known unless another is given.
  String lastName() {
    return names.getLast();
  }

  /// The value, or `null` when there is none.
  @Nullable Object in(JsonObject claims) {
    Object value = claims;
    for (String name : names) {
      if (!(value instanceof JsonObject object)) {
        return null;
      }
      value = object.getValue(name);
    }
    return value;
  }
}
