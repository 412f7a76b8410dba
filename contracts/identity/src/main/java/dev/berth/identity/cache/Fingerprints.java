package dev.berth.identity.cache;

import dev.berth.identity.Ids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes fingerprints with a key that exists in this process only.
final class Fingerprints {

  private static final String MAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final Mac prototype;

  Fingerprints() {
    try {
      prototype = Mac.getInstance(MAC);
      prototype.init(new SecretKeySpec(Ids.randomBytes(KEY_BYTES), MAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  /// Of several texts; where one ends and the next begins makes a difference.
  Fingerprint of(String... parts) {
    try {
      Mac mac = (Mac) prototype.clone();
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        mac.update(bytes);
      }
      ByteBuffer made = ByteBuffer.wrap(mac.doFinal());
      return new Fingerprint(made.getLong(), made.getLong(), made.getLong(), made.getLong());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + MAC + " can be cloned", e);
    }
  }
}
