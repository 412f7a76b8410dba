package dev.berth.jsruntime.crypto;

import java.io.ByteArrayOutputStream;

/// Puts keys of the older formats into the envelopes that the JVM reads.
final class Der {

  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  /// The algorithm rsaEncryption (1.2.840.113549.1.1.1), with no parameters.
  private static final byte[] RSA = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private static final byte SEQUENCE = 0x30;
  private static final byte OCTET_STRING = 0x04;
  private static final byte BIT_STRING = 0x03;

  private Der() {}

  /// PKCS#8 around a private key in PKCS#1.
  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    return element(SEQUENCE, VERSION_0, RSA, element(OCTET_STRING, pkcs1));
  }

  /// SubjectPublicKeyInfo around a public key in PKCS#1.
  static byte[] publicKeyInfoOfRsa(byte[] pkcs1) {
    return element(SEQUENCE, RSA, element(BIT_STRING, new byte[] {0}, pkcs1));
  }

  private static byte[] element(byte tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length < 0x80) {
      element.write(length);
    } else {
      // Three bytes hold the length of the longest key.
      element.write(0x83);
      element.write(length >> 16);
      element.write(length >> 8);
      element.write(length);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
