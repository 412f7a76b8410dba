package dev.berth.identity;

/// A new API key with its value, at the only time that the value is known.
///
/// @param value 64 letters and digits, a secret
public record CreatedApiKey(ApiKey key, String value) {

  @Override
  public String toString() {
    return "CreatedApiKey[key=" + key + "]";
  }
}
