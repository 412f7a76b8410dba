package dev.berth.appmodel;

/// The number of one immutable deployment of an app: 1 for the first, then one more for each.
public record Revision(long number) {

  public Revision {
    if (number < 1) {
      throw new IllegalArgumentException("revision numbers start at 1: " + number);
    }
  }

  public Revision next() {
    return new Revision(number + 1);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}
