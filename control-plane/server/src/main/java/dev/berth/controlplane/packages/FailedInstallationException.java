package dev.berth.controlplane.packages;

/// npm ran and did not install what it was to install; to try the same again takes as long again.
final class FailedInstallationException extends RefusedPackagesException {

  private static final long serialVersionUID = 1L;

  FailedInstallationException(String message) {
    super(message);
  }
}
