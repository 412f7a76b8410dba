package dev.berth.appmodel.difference;

import java.util.ArrayList;
import java.util.List;

/// The difference between two texts in the form of unified diffs, with three lines around each
/// change. Long ones are cut, and very different long texts are shown as removed and added.
final class LineDifference {

  private static final int AROUND = 3;
  private static final int MOST_LINES = 400;

  /// Lines of one text times lines of the other, which is what comparing them costs.
  private static final long MOST_WORK = 4_000_000;

  private final String[] before;
  private final String[] after;
  private final List<Edit> edits = new ArrayList<>();

  /// One line of either text or of both.
  ///
  /// @param sign `-`, `+` or a blank
  private record Edit(char sign, String line) {}

  private LineDifference(String[] before, String[] after) {
    this.before = before;
    this.after = after;
  }

  /// The lines of the difference; none when the texts are the same.
  static List<String> between(String[] before, String[] after) {
    LineDifference difference = new LineDifference(before, after);
    difference.compare();
    return difference.hunks();
  }

  private void compare() {
    int start = 0;
    while (start < before.length && start < after.length && before[start].equals(after[start])) {
      edits.add(new Edit(' ', before[start++]));
    }
    int oldEnd = before.length;
    int newEnd = after.length;
    while (oldEnd > start && newEnd > start && before[oldEnd - 1].equals(after[newEnd - 1])) {
      oldEnd--;
      newEnd--;
    }
    compareMiddle(start, oldEnd, newEnd);
    for (int i = oldEnd; i < before.length; i++) {
      edits.add(new Edit(' ', before[i]));
    }
  }

  private void compareMiddle(int start, int oldEnd, int newEnd) {
    int rows = oldEnd - start;
    int columns = newEnd - start;
    int i = 0;
    int j = 0;
    if ((long) rows * columns <= MOST_WORK) {
      int[][] common = commonLines(start, rows, columns);
      while (i < rows && j < columns) {
        if (before[start + i].equals(after[start + j])) {
          edits.add(new Edit(' ', before[start + i]));
          i++;
          j++;
        } else if (common[i + 1][j] >= common[i][j + 1]) {
          edits.add(new Edit('-', before[start + i++]));
        } else {
          edits.add(new Edit('+', after[start + j++]));
        }
      }
    }
    while (i < rows) {
      edits.add(new Edit('-', before[start + i++]));
    }
    while (j < columns) {
      edits.add(new Edit('+', after[start + j++]));
    }
  }

  /// How many lines the ends of both texts have in common, from each pair of lines on.
  private int[][] commonLines(int start, int rows, int columns) {
    int[][] common = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before[start + i].equals(after[start + j])
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private List<String> hunks() {
    List<String> lines = new ArrayList<>();
    int oldLine = 1;
    int newLine = 1;
    int from = 0;
    while (from < edits.size()) {
      int to = hunkEnd(from);
      if (to < 0) {
        break;
      }
      int first = firstChange(from);
      int start = Math.max(from, first - AROUND);
      oldLine += start - from;
      newLine += start - from;
      int olds = count(start, to, '+');
      int news = count(start, to, '-');
      lines.add("@@ -" + oldLine + "," + olds + " +" + newLine + "," + news + " @@");
      for (Edit edit : edits.subList(start, to)) {
        if (lines.size() >= MOST_LINES) {
          lines.add("... and more");
          return lines;
        }
        lines.add(edit.sign() + edit.line());
      }
      oldLine += olds;
      newLine += news;
      from = to;
    }
    return lines;
  }

  private int firstChange(int from) {
    int first = from;
    while (first < edits.size() && edits.get(first).sign() == ' ') {
      first++;
    }
    return first;
  }

  /// Where the hunk ends that has the next change in it; negative when there is none.
  private int hunkEnd(int from) {
    int first = firstChange(from);
    if (first == edits.size()) {
      return -1;
    }
    int last = first;
    for (int i = first; i < edits.size() && i <= last + 2 * AROUND + 1; i++) {
      last = edits.get(i).sign() == ' ' ? last : i;
    }
    return Math.min(edits.size(), last + AROUND + 1);
  }

  /// The lines of a range but for those of one sign.
  private int count(int start, int end, char not) {
    return (int) edits.subList(start, end).stream().filter(edit -> edit.sign() != not).count();
  }
}
