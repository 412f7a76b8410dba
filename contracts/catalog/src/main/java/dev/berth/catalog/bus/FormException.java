package dev.berth.catalog.bus;

/// What a form refuses. It names the path to the fault and never a value, which may be a
/// secret.
final class FormException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String fault;

  FormException(String fault) {
    this("", fault);
  }

  private FormException(String path, String fault) {
    super((path.isEmpty() ? "the message" : path) + " " + fault);
    this.path = path;
    this.fault = fault;
  }

  /// The same fault, seen from one step further outside.
  FormException inside(String step) {
    String separator = path.isEmpty() || path.startsWith("[") ? "" : ".";
    return new FormException(step + separator + path, fault);
  }
}
