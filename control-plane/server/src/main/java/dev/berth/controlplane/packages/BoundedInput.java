package dev.berth.controlplane.packages;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What an archive unpacks to, up to a limit. Past it the archive is refused, so that a bomb ends
/// while it is read.
final class BoundedInput extends FilterInputStream {

  private final long limit;
  private final byte[] skipped = new byte[1 << 16];
  private long left;

  BoundedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read = super.read(to, offset, length);
    count(Math.max(0, read));
    return read;
  }

  /// In large pieces; what unpacks gzip skips in small ones.
  @Override
  public long skip(long bytes) throws IOException {
    return Math.max(0, read(skipped, 0, (int) Math.min(bytes, skipped.length)));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws RefusedPackagesException {
    left -= bytes;
    if (left < 0) {
      throw new RefusedPackagesException(
          "the archive unpacks to more than " + PackageLimits.megabytes(limit));
    }
  }
}
