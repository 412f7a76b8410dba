package dev.berth.controlplane.secret;

/// Something was sealed with a master key that this process does not have.
public final class WrongMasterKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongMasterKeyException(String wanted, String had) {
    super(
        "the secrets in the database are encrypted with the master key %s, and the one given is %s"
            .formatted(wanted, had));
  }
}
