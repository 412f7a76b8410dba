package dev.berth.appmodel.directory;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.json.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Every problem found so far, in the order of reading.
final class Problems {

  /// Two readers may look into the same file; its problems count once.
  private final Set<Problem> found = new LinkedHashSet<>();

  void error(Place place, String message) {
    found.add(Problem.error(place.file(), place.pointer(), place.line(), message));
  }

  void warning(Place place, String message) {
    found.add(Problem.warning(place.file(), place.pointer(), place.line(), message));
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Problem::isError);
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
