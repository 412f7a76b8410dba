package dev.berth.controlplane.packages;

import java.io.IOException;

/// Packages that cannot be taken. The message is one sentence for the author of the app.
class RefusedPackagesException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_QUOTE = 120;

  RefusedPackagesException(String message) {
    super(message);
  }

  /// Why an address is refused that is well-formed.
  static String unreachable(String url) {
    return "a package is to come from " + quoted(url) + ", where this Berth sends no requests";
  }

  /// A text that a stranger chose, fit for a terminal.
  static String quoted(String text) {
    String printable =
        text.codePoints()
            .limit(LONGEST_QUOTE)
            .collect(
                StringBuilder::new,
                (safe, c) -> safe.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c),
                StringBuilder::append)
            .toString();
    return "\"" + printable + (printable.length() < text.length() ? "...\"" : "\"");
  }
}
