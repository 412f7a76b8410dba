package dev.berth.worker.update;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The paths that one update writes to: none may be another one or lie inside of it.
final class PathSet {

  private static final class Node {

    private final Map<String, Node> inside = new HashMap<>();
    private boolean isWritten;
  }

  private final Node root = new Node();

  /// @throws UpdateRefused when the path collides with one that was added
  void add(List<String> path) {
    Node node = root;
    for (int i = 0; i < path.size(); i++) {
      node = node.inside.computeIfAbsent(path.get(i), _ -> new Node());
      boolean isLast = i == path.size() - 1;
      if (node.isWritten || (isLast && !node.inside.isEmpty())) {
        throw conflict(path, path.subList(0, i + 1));
      }
      node.isWritten = isLast;
    }
  }

  private static UpdateRefused conflict(List<String> path, List<String> at) {
    return new UpdateRefused(
        UpdateRefused.CONFLICT,
        "Updating the path '"
            + String.join(".", path)
            + "' would create a conflict at '"
            + String.join(".", at)
            + "'");
  }
}
