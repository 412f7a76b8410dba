package dev.berth.benchmarks;

import java.util.List;

/// A table in Markdown.
public final class Table {

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  public Table(String... titles) {
    this.columns = titles.length;
    row(titles);
    text.append("|---".repeat(columns)).append("|\n");
  }

  public void row(String... cells) {
    if (cells.length > columns) {
      throw new IllegalArgumentException("more cells than columns: " + List.of(cells));
    }
    text.append("| ").append(String.join(" | ", cells));
    // A row that ends early has nothing to say in the other columns.
    text.append(" | ".repeat(columns - cells.length)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
