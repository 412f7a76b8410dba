package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// `utils.crypto.encrypt` and `utils.crypto.decrypt`: AES in Galois/Counter Mode. An encrypted
/// message is a nonce of 12 bytes, the ciphertext, and a tag of 16 bytes.
final class AesMessages {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  private AesMessages() {}

  /// @param texts the key, and the content
  static String encrypt(List<String> texts) throws RefusedException {
    SecretKeySpec key = key(texts.get(0));
    byte[] message = Content.message(texts.get(1));
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] encrypted = Arrays.copyOf(nonce, NONCE_BYTES + message.length + TAG_BYTES);
      cipher(Cipher.ENCRYPT_MODE, key, nonce)
          .doFinal(message, 0, message.length, encrypted, NONCE_BYTES);
      return Content.latin1(encrypted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no AES-GCM", e);
    }
  }

  /// @param texts the key, and the encrypted bytes
  static String decrypt(List<String> texts) throws RefusedException {
    SecretKeySpec key = key(texts.get(0));
    byte[] encrypted = Content.latin1(texts.get(1));
    if (encrypted.length < NONCE_BYTES + TAG_BYTES) {
      throw new RefusedException("the message is too short to be an encrypted one");
    }
    byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
    try {
      return Content.latin1(
          cipher(Cipher.DECRYPT_MODE, key, nonce)
              .doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES));
    } catch (GeneralSecurityException _) {
      throw new RefusedException("the message was encrypted with another key, or was changed");
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    return cipher;
  }

  private static SecretKeySpec key(String text) throws RefusedException {
    byte[] key = Content.secret(text);
    if (key.length != 16 && key.length != 24 && key.length != 32) {
      throw new RefusedException("an AES key has 16, 24 or 32 bytes, and this one " + key.length);
    }
    return new SecretKeySpec(key, "AES");
  }
}
