package dev.berth.identity.cache;

/// Stands for a credential in memory. Nobody can make it, or guess back from it, without the key
/// of this process.
///
/// @param a the first of four parts of a 256-bit HMAC
record Fingerprint(long a, long b, long c, long d) {

  @Override
  public String toString() {
    return "Fingerprint[]";
  }
}
