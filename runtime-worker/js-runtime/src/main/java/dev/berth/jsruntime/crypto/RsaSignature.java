package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;

/// RSA signatures with one padding and one digest.
///
/// @param digest as the JVM names it, such as `SHA-256`
record RsaSignature(Padding padding, String digest) {

  enum Padding {
    PSS,
    PKCS1
  }

  /// With PSS the salt is as long as the digest.
  byte[] sign(PrivateKey key, byte[] message) throws RefusedException {
    try {
      Signature signature = signature(digestBytes());
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException | RuntimeException _) {
      throw new RefusedException("the key cannot sign: it is too short, or its parts do not fit");
    }
  }

  /// With PSS the salt may have any length, because signers differ in it.
  boolean verify(RSAPublicKey key, byte[] message, byte[] given) throws RefusedException {
    try {
      int saltBytes = padding == Padding.PSS ? saltBytes(key, given) : 0;
      if (saltBytes < 0) {
        return false;
      }
      Signature signature = signature(saltBytes);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(given);
    } catch (GeneralSecurityException | RuntimeException _) {
      return false;
    }
  }

  private Signature signature(int saltBytes) throws GeneralSecurityException {
    if (padding == Padding.PKCS1) {
      return Signature.getInstance(digest.replace("-", "") + "withRSA");
    }
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), saltBytes, 1));
    return signature;
  }

  private int digestBytes() throws GeneralSecurityException {
    return MessageDigest.getInstance(digest).getDigestLength();
  }

  /// How long the salt of a PSS signature is (RFC 8017, section 9.1.2), or -1 when it is none.
  private int saltBytes(RSAPublicKey key, byte[] given) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    byte[] decrypted = cipher.doFinal(given);
    int bits = key.getModulus().bitLength() - 1;
    int length = (bits + 7) / 8;
    byte[] encoded = Arrays.copyOfRange(decrypted, decrypted.length - length, decrypted.length);

    int maskedBytes = length - digestBytes() - 1;
    if (maskedBytes <= 0) {
      return -1;
    }
    byte[] seed = Arrays.copyOfRange(encoded, maskedBytes, length - 1);
    byte[] mask = mask(seed, maskedBytes);
    int unused = 8 * length - bits;
    for (int i = 0; i < maskedBytes; i++) {
      int unmasked = (encoded[i] ^ mask[i]) & (i == 0 ? 0xff >> unused : 0xff);
      if (unmasked != 0) {
        return unmasked == 1 ? maskedBytes - i - 1 : -1;
      }
    }
    return -1;
  }

  /// The mask generation function MGF1.
  private byte[] mask(byte[] seed, int length) throws GeneralSecurityException {
    MessageDigest hash = MessageDigest.getInstance(digest);
    byte[] mask = new byte[length];
    for (int at = 0, counter = 0; at < length; counter++) {
      hash.update(seed);
      hash.update(
          new byte[] {
            (byte) (counter >> 24), (byte) (counter >> 16), (byte) (counter >> 8), (byte) counter
          });
      byte[] block = hash.digest();
      System.arraycopy(block, 0, mask, at, Math.min(block.length, length - at));
      at += block.length;
    }
    return mask;
  }
}
