package dev.berth.controlplane.logs;

import dev.berth.invocation.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What functions have printed and nobody has taken yet, by request. Bounded: of too many
/// requests the oldest ones lose their lines. Safe from any thread.
final class PrintedLines {

  private static final int MOST_LINES = 25;
  private final Map<RequestId, List<String>> byRequest;

  /// @param mostRequests whose lines are kept
  PrintedLines(int mostRequests) {
    this.byRequest =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<RequestId, List<String>> eldest) {
            return size() > mostRequests;
          }
        };
  }

  synchronized void add(RequestId requestId, String line) {
    List<String> lines = byRequest.computeIfAbsent(requestId, _ -> new ArrayList<>());
    if (lines.size() < MOST_LINES) {
      lines.add(line);
    }
  }

  synchronized List<String> take(RequestId requestId) {
    List<String> lines = byRequest.remove(requestId);
    return lines == null ? List.of() : lines;
  }
}
