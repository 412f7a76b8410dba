package dev.berth.jsruntime.url;

/// The text is no URL.
final class UrlSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  UrlSyntaxException() {
    super("Invalid URL", null, false, false);
  }
}
