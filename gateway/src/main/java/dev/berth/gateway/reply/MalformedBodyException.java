package dev.berth.gateway.reply;

/// The body of a request is not what its route takes. Its message says so to the client, and
/// repeats nothing of the body.
public final class MalformedBodyException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  private MalformedBodyException(Fault fault) {
    super(fault.error(), null, false, false);
    this.fault = fault;
  }

  public static MalformedBodyException missing(String field) {
    return new MalformedBodyException(
        new Fault(400, "missing parameter: '" + field + "'", "MissingParameter"));
  }

  public static MalformedBodyException invalid(String field, String expected) {
    return new MalformedBodyException(
        new Fault(
            400, "invalid parameter: '" + field + "' must be " + expected, "InvalidParameter"));
  }

  public static MalformedBodyException notAnObject() {
    return new MalformedBodyException(
        new Fault(400, "the body must be a JSON object", "BadRequest"));
  }

  public Fault fault() {
    return fault;
  }
}
