package dev.berth.controlplane.tenant;

/// A programmatic key at the only time that its private part is known.
///
/// @param publicKey eight lower-case letters
/// @param privateKey a secret
public record NewKey(Administrator administrator, String publicKey, String privateKey) {

  @Override
  public String toString() {
    return "NewKey[publicKey=" + publicKey + "]";
  }
}
