package dev.berth.identity.password;

/// So many passwords wait to be checked that another one would wait too long.
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BusyException() {
    super("too many passwords wait to be checked", null, false, false);
  }
}
