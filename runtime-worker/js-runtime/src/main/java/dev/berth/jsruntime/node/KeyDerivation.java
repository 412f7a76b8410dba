package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;

/// Keys from passwords. Both take time on purpose; more of it than a bound is refused.
final class KeyDerivation {

  private static final int MOST_ITERATIONS = 1_000_000;
  private static final int MOST_BLOCKS = 1_000_000;
  private static final int MOST_KEY = 1 << 16;

  /// Bytes that scrypt works in.
  private static final long MOST_MEMORY = 32L << 20;

  /// The same once for each lane that scrypt goes through.
  private static final long MOST_WORK = 128L << 20;

  private KeyDerivation() {}

  /// `[password, salt, iterations, length, hash]`
  static String pbkdf2(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    int iterations = texts.number(2, 1, MOST_ITERATIONS);
    int length = texts.number(3, 0, MOST_KEY);
    try {
      Mac mac = Hashing.mac(Hashing.macName(texts.text(4)), texts.bytes(0));
      long blocks = (length + mac.getMacLength() - 1L) / mac.getMacLength();
      if (blocks * iterations > MOST_BLOCKS) {
        throw new RefusedException(
            "the iterations and the length of the key are too much together");
      }
      return Texts.of(derive(mac, texts.bytes(1), iterations, length));
    } catch (GeneralSecurityException e) {
      throw new RefusedException("Digest method not supported");
    }
  }

  private static byte[] derive(Mac mac, byte[] salt, int iterations, int length) {
    ByteBuffer out = ByteBuffer.allocate(length);
    for (int block = 1; out.hasRemaining(); block++) {
      mac.update(salt);
      byte[] last = mac.doFinal(ByteBuffer.allocate(4).putInt(block).array());
      byte[] sum = last.clone();
      for (int i = 1; i < iterations; i++) {
        last = mac.doFinal(last);
        for (int j = 0; j < sum.length; j++) {
          sum[j] ^= last[j];
        }
      }
      out.put(sum, 0, Math.min(sum.length, out.remaining()));
    }
    return out.array();
  }

  /// `[password, salt, length, N, r, p]`, as RFC 7914 has it.
  static String scrypt(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    int length = texts.number(2, 0, MOST_KEY);
    int cost = texts.number(3, 2, 1 << 20);
    int blockSize = texts.number(4, 1, 1 << 10);
    int parallel = texts.number(5, 1, 16);
    long memory = 128L * cost * blockSize;
    if (Integer.bitCount(cost) != 1 || memory > MOST_MEMORY || memory * parallel > MOST_WORK) {
      throw new RefusedException("Invalid scrypt params: memory limit exceeded");
    }
    try {
      Mac mac = Hashing.mac("HmacSHA256", texts.bytes(0));
      byte[] blocks = derive(mac, texts.bytes(1), 1, parallel * 128 * blockSize);
      for (int i = 0; i < parallel; i++) {
        mix(ByteBuffer.wrap(blocks, i * 128 * blockSize, 128 * blockSize), blockSize, cost);
      }
      return Texts.of(derive(mac, blocks, 1, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void mix(ByteBuffer bytes, int blockSize, int cost) {
    IntBuffer words = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int size = 32 * blockSize;
    int[] x = new int[size];
    words.get(0, x);
    int[] seen = new int[cost * size];
    for (int i = 0; i < cost; i++) {
      System.arraycopy(x, 0, seen, i * size, size);
      blockMix(x);
    }
    for (int i = 0; i < cost; i++) {
      int at = (x[size - 16] & (cost - 1)) * size;
      for (int j = 0; j < size; j++) {
        x[j] ^= seen[at + j];
      }
      blockMix(x);
    }
    words.put(0, x);
  }

  /// Mixes the pieces of 64 bytes one into the next; the even ones end up first.
  private static void blockMix(int[] block) {
    int pieces = block.length / 16;
    int[] mixed = new int[block.length];
    int[] last = Arrays.copyOfRange(block, block.length - 16, block.length);
    for (int i = 0; i < pieces; i++) {
      for (int j = 0; j < 16; j++) {
        last[j] ^= block[16 * i + j];
      }
      salsa(last);
      System.arraycopy(last, 0, mixed, 16 * (i / 2 + (i % 2) * (pieces / 2)), 16);
    }
    System.arraycopy(mixed, 0, block, 0, block.length);
  }

  /// Salsa20/8.
  private static void salsa(int[] words) {
    int[] x = words.clone();
    for (int round = 0; round < 4; round++) {
      quarter(x, 0, 4, 8, 12);
      quarter(x, 5, 9, 13, 1);
      quarter(x, 10, 14, 2, 6);
      quarter(x, 15, 3, 7, 11);
      quarter(x, 0, 1, 2, 3);
      quarter(x, 5, 6, 7, 4);
      quarter(x, 10, 11, 8, 9);
      quarter(x, 15, 12, 13, 14);
    }
    for (int i = 0; i < 16; i++) {
      words[i] += x[i];
    }
  }

  private static void quarter(int[] x, int a, int b, int c, int d) {
    x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
    x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
    x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
    x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
  }
}
