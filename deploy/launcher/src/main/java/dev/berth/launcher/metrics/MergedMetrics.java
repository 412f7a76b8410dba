package dev.berth.launcher.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/// What several processes measure, as one text in the format of Prometheus: the lines of each
/// metric stand together, and a label `process` names whose they are. For one thread.
final class MergedMetrics {

  private static final String ABOUT = "# ";
  private static final String TYPE = "# TYPE ";

  /// What is said of a metric, and its values, by its name.
  private final Map<String, Family> families = new LinkedHashMap<>();

  private static final class Family {
    private final StringBuilder about = new StringBuilder();
    private final StringBuilder values = new StringBuilder();
    private boolean isDescribed;
  }

  /// Adds what this process measures, without a label.
  void add(String text) {
    add(text, "");
  }

  /// Adds what another process measures.
  ///
  /// @param process its name: letters, digits and `-`
  void addOf(String process, String text) {
    add(text, "process=\"" + process + "\"");
  }

  private void add(String text, String label) {
    Family family = new Family();
    String name = "";
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(ABOUT)) {
        String found = line.split(" ", 4)[2];
        if (!found.equals(name)) {
          name = found;
          family = families.computeIfAbsent(name, _ -> new Family());
        }
        describe(family, line);
      } else if (!line.isEmpty()) {
        family.values.append(labelled(line, label)).append('\n');
      }
    }
  }

  /// The first process to have a metric says what it is.
  private static void describe(Family family, String line) {
    if (!family.isDescribed) {
      family.about.append(line).append('\n');
      family.isDescribed = line.startsWith(TYPE);
    }
  }

  private static String labelled(String line, String label) {
    if (label.isEmpty()) {
      return line;
    }
    int brace = line.indexOf('{');
    int blank = line.indexOf(' ');
    return brace >= 0 && brace < blank
        ? line.substring(0, brace + 1) + label + "," + line.substring(brace + 1)
        : line.substring(0, blank) + "{" + label + "}" + line.substring(blank);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    families.values().forEach(family -> text.append(family.about).append(family.values));
    return text.toString();
  }
}
