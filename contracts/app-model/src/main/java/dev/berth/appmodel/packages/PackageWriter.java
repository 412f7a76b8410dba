package dev.berth.appmodel.packages;

import dev.berth.appmodel.Packages;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An entry of the store that is being written. Holds one file in memory at a time. For one
/// thread.
public final class PackageWriter implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Path unfinished;
  private final Function<String, Path> placeOf;
  private final FileChannel channel;
  private final ZipOutputStream zip;

  /// Sorted, so that the digest does not depend on the order in which files come.
  private final Map<String, String> digests = new TreeMap<>();

  private long bytes;

  /// @param unfinished an empty file
  /// @param placeOf where the entry of a digest belongs
  PackageWriter(Path unfinished, Function<String, Path> placeOf) throws IOException {
    this.unfinished = unfinished;
    this.placeOf = placeOf;
    this.channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
  }

  /// Whether a file of that path was added.
  public boolean has(String path) {
    return digests.containsKey(path);
  }

  /// How many files were added.
  public int files() {
    return digests.size();
  }

  /// The size of all files that were added.
  public long bytes() {
    return bytes;
  }

  /// Adds a file.
  ///
  /// @param path relative to `node_modules`, with `/`; not there yet
  public void add(String path, byte[] content) throws IOException {
    if (digests.putIfAbsent(path, hex(content)) != null) {
      throw new IllegalArgumentException("there is a file of that path already: " + path);
    }
    zip.putNextEntry(new ZipEntry(path));
    zip.write(content);
    zip.closeEntry();
    bytes += content.length;
  }

  /// Puts the entry into the store, unless it has the same one already. Nothing can be added any
  /// more.
  public Packages keep() throws IOException {
    if (digests.isEmpty()) {
      return Packages.none();
    }
    zip.finish();
    zip.flush();
    // A crash of the machine must not leave a name with half the content.
    channel.force(true);
    zip.close();
    Packages packages = new Packages(digest(), digests.size(), bytes);
    Path place = placeOf.apply(packages.digest());
    if (!Files.exists(place)) {
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
    }
    return packages;
  }

  private String digest() {
    MessageDigest all = sha256();
    digests.forEach(
        (path, digest) -> {
          byte[] name = path.getBytes(StandardCharsets.UTF_8);
          all.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
          all.update(name);
          all.update(digest.getBytes(StandardCharsets.US_ASCII));
        });
    return HexFormat.of().formatHex(all.digest());
  }

  private static String hex(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Leaves nothing of an entry that was not kept.
  @Override
  public void close() throws IOException {
    try {
      zip.close();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
