package dev.berth.appmodel;

/// A secret that a legacy file carries as text. Its text form never shows it.
public record LiteralSecret(String value) {

  @Override
  public String toString() {
    return "LiteralSecret[hidden]";
  }
}
