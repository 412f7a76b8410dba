package dev.berth.benchmarks;

/// A list of what one has to know about some numbers, as Markdown.
public final class Facts {

  private final StringBuilder text = new StringBuilder();

  /// Adds a fact; nothing when it says nothing.
  public Facts with(String name, String fact) {
    if (!fact.isBlank()) {
      text.append("- ").append(name).append(": ").append(fact).append('\n');
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
