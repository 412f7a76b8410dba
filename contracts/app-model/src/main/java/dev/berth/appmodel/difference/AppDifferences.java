package dev.berth.appmodel.difference;

import dev.berth.appmodel.document.AppDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is different between two documents, one printable text for each thing that was added,
/// removed or changed. Texts have several lines and a bounded length, and show no secret. What
/// means the same is no difference: neither the layout of files nor the order of fields.
public final class AppDifferences {

  private static final int MOST = 1000;

  private AppDifferences() {}

  /// The differences, by kind and name; none when both mean the same.
  public static List<String> between(AppDocument before, AppDocument after) {
    Map<String, ShownPart> old = ShownPart.of(before);
    Map<String, ShownPart> now = ShownPart.of(after);
    TreeSet<String> titles = new TreeSet<>(old.keySet());
    titles.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    int others = 0;
    for (String title : titles) {
      String difference = difference(title, old.get(title), now.get(title));
      if (difference != null && differences.size() < MOST) {
        differences.add(difference);
      } else if (difference != null) {
        others++;
      }
    }
    if (others > 0) {
      differences.add("and " + others + " more");
    }
    return differences;
  }

  private static @Nullable String difference(
      String title, @Nullable ShownPart old, @Nullable ShownPart now) {
    if (old != null && now != null && old.means(now)) {
      return null;
    }
    String[] lines = now == null ? new String[0] : now.lines();
    String[] oldLines = old == null ? new String[0] : old.lines();
    String what = old == null ? "added" : now == null ? "removed" : "changed";
    List<String> hunks = LineDifference.between(oldLines, lines);
    String body = hunks.isEmpty() ? "only what is not shown differs" : String.join("\n", hunks);
    return what + ": " + ShownPart.printable(title) + "\n" + body;
  }
}
