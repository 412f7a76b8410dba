package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.Computation;
import java.util.Map;

/// The cryptography that functions may use, by the names the prelude calls it.
public final class Cryptography {

  private Cryptography() {}

  public static Map<String, Computation> computations() {
    return Map.of(
        "crypto.hash", Digests::hash,
        "crypto.hmac", Digests::hmac,
        "crypto.encrypt", AesMessages::encrypt,
        "crypto.decrypt", AesMessages::decrypt,
        "crypto.sign", RsaMessages::sign,
        "crypto.verify", RsaMessages::verify,
        "jwt.sign", TokenSignatures::sign,
        "jwt.verify", TokenSignatures::verify);
  }
}
