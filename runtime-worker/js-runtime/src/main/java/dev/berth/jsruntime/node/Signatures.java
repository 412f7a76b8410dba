package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// Signatures and encryption with pairs of keys.
final class Signatures {

  private Signatures() {}

  /// `[hash, data, key, scheme, salt length]`: the scheme is `pkcs1`, `pss`, `der` or
  /// `ieee-p1363`; the last two are forms of an EC signature.
  static String sign(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    PrivateKey key = PemKeys.privateKey(texts.text(2));
    try {
      Signature signature = made(texts, key);
      signature.initSign(key);
      signature.update(texts.bytes(1));
      return Texts.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new RefusedException("the key does not fit the signature");
    }
  }

  /// `[hash, data, key, scheme, salt length, signature]`; `1` or `0`.
  static String verify(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    PublicKey key = PemKeys.publicKey(texts.text(2));
    try {
      Signature signature = made(texts, key);
      signature.initVerify(key);
      signature.update(texts.bytes(1));
      return signature.verify(texts.bytes(5)) ? "1" : "0";
    } catch (GeneralSecurityException e) {
      return "0";
    }
  }

  private static Signature made(Texts texts, Key key)
      throws GeneralSecurityException, RefusedException {
    if (key.getAlgorithm().startsWith("Ed")) {
      return Signature.getInstance("Ed25519");
    }
    String digest = Hashing.digestName(texts.text(0));
    String plain = digest.replaceFirst("^SHA-", "SHA");
    String scheme = texts.text(3);
    if (key.getAlgorithm().equals("EC")) {
      boolean isPlain = scheme.equals("ieee-p1363");
      return Signature.getInstance(plain + "withECDSA" + (isPlain ? "inP1363Format" : ""));
    }
    if (!scheme.equals("pss")) {
      return Signature.getInstance(plain + "withRSA");
    }
    Signature signature = Signature.getInstance("RSASSA-PSS");
    int salt = texts.number(4, 0, 1024);
    signature.setParameter(
        new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1));
    return signature;
  }

  /// `[publicEncrypt or privateDecrypt, key, data, oaep hash or empty for PKCS#1]`
  static String rsa(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    boolean encrypts = texts.text(0).equals("publicEncrypt");
    Key key = encrypts ? PemKeys.publicKey(texts.text(1)) : PemKeys.privateKey(texts.text(1));
    try {
      if (texts.text(3).isEmpty()) {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key);
        return Texts.of(cipher.doFinal(texts.bytes(2)));
      }
      String digest = Hashing.digestName(texts.text(3));
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(
          encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          key,
          new OAEPParameterSpec(
              digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT));
      return Texts.of(cipher.doFinal(texts.bytes(2)));
    } catch (GeneralSecurityException e) {
      throw new RefusedException("the data cannot be encrypted or decrypted with that key");
    }
  }
}
