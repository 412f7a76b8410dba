package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES as `createCipheriv` and `createDecipheriv` have it.
final class Ciphers {

  private static final Pattern NAME =
      Pattern.compile("(?:id-)?aes-?(128|192|256)-(cbc|ctr|gcm|ecb)");
  private static final int MOST_IV = 64;

  private Ciphers() {}

  /// `[encrypt or decrypt, name, key, iv, data, padding, aad]`; in `gcm` the 16 bytes of the tag
  /// follow the encrypted data.
  static String cipher(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    Matcher name = NAME.matcher(texts.text(1).toLowerCase(Locale.ROOT));
    if (!name.matches()) {
      throw new RefusedException("Unknown cipher");
    }
    byte[] key = texts.bytes(2);
    if (key.length * 8 != Integer.parseInt(name.group(1))) {
      throw new RefusedException("Invalid key length");
    }
    int mode = texts.text(0).equals("encrypt") ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    try {
      Cipher cipher = made(name.group(2), mode, key, texts.bytes(3), texts.text(5).equals("1"));
      if (name.group(2).equals("gcm")) {
        cipher.updateAAD(texts.bytes(6));
      }
      return Texts.of(cipher.doFinal(texts.bytes(4)));
    } catch (GeneralSecurityException e) {
      throw new RefusedException(
          name.group(2).equals("gcm")
              ? "Unsupported state or unable to authenticate data"
              : "error:1C800064:Provider routines::bad decrypt");
    }
  }

  private static Cipher made(String kind, int mode, byte[] key, byte[] iv, boolean padding)
      throws GeneralSecurityException, RefusedException {
    boolean isGcm = kind.equals("gcm");
    boolean needsBlock = kind.equals("cbc") || kind.equals("ctr");
    if ((needsBlock && iv.length != 16) || (isGcm && (iv.length == 0 || iv.length > MOST_IV))) {
      throw new RefusedException("Invalid initialization vector");
    }
    boolean padded = padding && (kind.equals("cbc") || kind.equals("ecb"));
    Cipher cipher =
        Cipher.getInstance(
            "AES/" + kind.toUpperCase(Locale.ROOT) + (padded ? "/PKCS5Padding" : "/NoPadding"));
    SecretKeySpec secret = new SecretKeySpec(key, "AES");
    if (isGcm) {
      cipher.init(mode, secret, new GCMParameterSpec(128, iv));
    } else if (needsBlock) {
      cipher.init(mode, secret, new IvParameterSpec(iv));
    } else {
      cipher.init(mode, secret);
    }
    return cipher;
  }
}
