package dev.berth.endtoend.deployment;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An object of a YAML document, with its members by path: `spec.template.spec`.
record YamlObject(Map<String, Object> members) {

  static YamlObject of(Object content) {
    Map<String, Object> members = new TreeMap<>();
    ((Map<?, ?>) content).forEach((name, value) -> members.put(String.valueOf(name), value));
    return new YamlObject(members);
  }

  /// What is there; `null` when nothing is.
  @Nullable Object at(String path) {
    Object found = members;
    for (String name : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  String text(String path) {
    return String.valueOf(at(path));
  }

  YamlObject object(String path) {
    return of(Objects.requireNonNull(at(path), path));
  }

  /// The objects of a list; none where there is no list.
  List<YamlObject> objects(String path) {
    return at(path) instanceof List<?> list
        ? list.stream().map(YamlObject::of).toList()
        : List.of();
  }
}
