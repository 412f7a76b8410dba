package dev.berth.controlplane.packages;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a tar archive in the forms that today's tools write: ustar, pax, and GNU's long names.
///
/// A library would read many forms more, which no archive of packages has. Holds one header at
/// a time. What it does not understand it refuses, because two readers that
/// understand an archive differently are a way past every check. For one thread.
final class TarReader {

  private static final int MOST_EXTENSIONS = 4;

  private final InputStream in;

  /// Bytes of the current entry that were not read yet, and those that fill its last block.
  private long left;

  private int padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  enum Kind {
    FILE,
    FOLDER,
    LINK,
    DEVICE
  }

  /// One thing in the archive.
  ///
  /// @param name as it is written, checked by nobody
  record Entry(String name, Kind kind) {}

  /// The next entry, or `null` at the end of the archive.
  ///
  /// @throws EOFException when the archive ends too early
  /// @throws RefusedPackagesException when it is no tar archive, or one of a kind that is unusual
  @Nullable Entry next() throws IOException {
    in.skipNBytes(left + padding);
    left = 0;
    padding = 0;
    String longName = null;
    Map<String, String> extended = Map.of();
    for (int extensions = 0; extensions <= MOST_EXTENSIONS; extensions++) {
      TarHeader header = TarHeader.read(in);
      if (header == null) {
        return null;
      }
      switch (header.type()) {
        case 'x' -> extended = PaxRecords.read(extension(header));
        case 'g' -> refuseRenaming(PaxRecords.read(extension(header)));
        case 'L' -> longName = TarHeader.text(extension(header));
        case 'K' -> extension(header);
        default -> {
          String name = longName == null ? header.name() : longName;
          return entry(header, extended.getOrDefault(PaxRecords.PATH, name), extended);
        }
      }
    }
    throw new RefusedPackagesException("the archive is damaged: an entry has too many headers");
  }

  private byte[] extension(TarHeader header) throws IOException {
    if (header.size() > PaxRecords.LARGEST) {
      throw new RefusedPackagesException("the archive is damaged: a header is too large");
    }
    byte[] content = in.readNBytes((int) header.size());
    if (content.length < header.size()) {
      throw new EOFException();
    }
    in.skipNBytes(TarHeader.padding(header.size()));
    return content;
  }

  /// A header for all entries may carry comments, as those of Git do.
  private static void refuseRenaming(Map<String, String> global) throws RefusedPackagesException {
    if (global.containsKey(PaxRecords.PATH) || global.containsKey(PaxRecords.SIZE)) {
      throw new RefusedPackagesException(
          "the archive is damaged: one path or size for all entries");
    }
  }

  private Entry entry(TarHeader header, String name, Map<String, String> extended)
      throws RefusedPackagesException {
    Kind kind = kind(header.type(), name);
    // Of links, old tools write a size without a content.
    long size = kind == Kind.FILE ? PaxRecords.size(extended, header.size()) : 0;
    left = size;
    padding = TarHeader.padding(size);
    return new Entry(name, kind);
  }

  private static Kind kind(char type, String name) throws RefusedPackagesException {
    return switch (type) {
      case '0', '\0', '7' -> name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
      case '1', '2' -> Kind.LINK;
      case '3', '4', '6' -> Kind.DEVICE;
      case '5' -> Kind.FOLDER;
      default ->
          throw new RefusedPackagesException(
              RefusedPackagesException.quoted(name)
                  + " is of a kind that is not known ("
                  + RefusedPackagesException.quoted(String.valueOf(type))
                  + ")");
    };
  }

  /// The content of the current entry; valid until the next one.
  InputStream content() {
    return new Content();
  }

  private final class Content extends FilterInputStream {

    private Content() {
      super(TarReader.this.in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0 || length == 0) {
        return length == 0 ? 0 : -1;
      }
      int read = in.read(to, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
      return read;
    }

    @Override
    public long skip(long bytes) {
      throw new UnsupportedOperationException("nobody skips");
    }

    /// The archive goes on.
    @Override
    public void close() {}
  }
}
