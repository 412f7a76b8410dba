package dev.berth.appmodel.document;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a document, up to a number past which nobody reads on. For one thread.
final class DocumentProblems {

  private static final int MOST = 100;

  private final List<Problem> found = new ArrayList<>();

  void error(Place place, String message) {
    if (found.size() < MOST) {
      found.add(Problem.error(place.file(), place.pointer(), place.line(), message));
    }
  }

  void addAll(List<Problem> problems) {
    problems.stream().limit(MOST - found.size()).forEach(found::add);
  }

  boolean areNone() {
    return found.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
