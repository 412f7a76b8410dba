package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.Computation;
import java.util.HashMap;
import java.util.Map;

/// The computations behind `crypto` and `zlib`, by the names that their modules use.
public final class NodeComputations {

  private NodeComputations() {}

  public static Map<String, Computation> all() {
    Map<String, Computation> all = new HashMap<>();
    all.put("node.hash", Hashing::hash);
    all.put("node.hmac", Hashing::hmac);
    all.put("node.hashes", _ -> Hashing.names());
    all.put("node.pbkdf2", KeyDerivation::pbkdf2);
    all.put("node.scrypt", KeyDerivation::scrypt);
    all.put("node.cipher", Ciphers::cipher);
    all.put("node.sign", Signatures::sign);
    all.put("node.verify", Signatures::verify);
    all.put("node.key", KeyPairs::describe);
    all.put("node.rsa", Signatures::rsa);
    all.put("node.generate", KeyPairs::generate);
    all.put("node.random", Randomness::bytes);
    all.put("node.deflate", Compression::deflate);
    all.put("node.inflate", Compression::inflate);
    return Map.copyOf(all);
  }
}
