package dev.berth.controlplane.packages;

import dev.berth.appmodel.packages.PackageWriter;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Packages in an archive that holds the folder `node_modules`.
///
/// @param file as messages name it; its ending says what it is
/// @param archive the file itself
record PackageArchive(String file, Path archive, PackageLimits limits) implements PackageSource {

  /// What an archive may be called, the first found counts.
  static final List<String> NAMES =
      List.of("node_modules.zip", "node_modules.tar", "node_modules.tar.gz", "node_modules.tgz");

  private static final int BUFFER = 1 << 16;

  @Override
  public String fingerprint() throws IOException {
    // Read to one byte past the limit, whatever its size is said to be.
    try (InputStream content = Files.newInputStream(archive, LinkOption.NOFOLLOW_LINKS)) {
      Fingerprint fingerprint = new Fingerprint(file);
      long size = 0;
      byte[] part = content.readNBytes(BUFFER);
      for (; part.length > 0; part = content.readNBytes(BUFFER)) {
        size += part.length;
        if (size > limits.archiveBytes()) {
          throw new RefusedPackagesException(
              "the archive is larger than " + PackageLimits.megabytes(limits.archiveBytes()));
        }
        fingerprint.add(part);
      }
      return fingerprint.sum();
    }
  }

  @Override
  public List<String> gather(PackageWriter to) throws IOException {
    Gathering gathering = new Gathering(to, limits);
    try {
      boolean found = file.endsWith(".zip") ? unzip(gathering) : untar(gathering);
      if (!found) {
        throw new RefusedPackagesException(
            "there is no folder node_modules in it; tar -czf node_modules.tar.gz node_modules"
                + " makes an archive that has one");
      }
    } catch (EOFException e) {
      throw new RefusedPackagesException("the archive is damaged: it ends too early");
    } catch (ZipException e) {
      throw new RefusedPackagesException("the archive is damaged: " + e.getMessage());
    }
    return gathering.warnings();
  }

  /// @return whether anything lay in `node_modules`
  private boolean unzip(Gathering gathering) throws IOException {
    boolean found = false;
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      if (zip.size() > limits.entries()) {
        throw Gathering.tooManyEntries(limits);
      }
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        PackagePath path = PackagePath.of(entry.getName());
        found |= path.place() != PackagePath.Place.OUTSIDE;
        if (!entry.isDirectory() && gathering.wants(path)) {
          unzip(zip, entry, path, gathering);
        }
      }
    }
    return found;
  }

  private static void unzip(ZipFile zip, ZipEntry entry, PackagePath path, Gathering gathering)
      throws IOException {
    CRC32 checksum = new CRC32();
    try (InputStream content = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
      if (gathering.take(path, content) && checksum.getValue() != entry.getCrc()) {
        throw new RefusedPackagesException(
            "the archive is damaged: "
                + RefusedPackagesException.quoted(entry.getName())
                + " is not what its checksum says");
      }
    }
  }

  /// @return whether anything lay in `node_modules`
  private boolean untar(Gathering gathering) throws IOException {
    boolean found = false;
    try (InputStream content = Files.newInputStream(archive, LinkOption.NOFOLLOW_LINKS);
        InputStream unpacked =
            file.endsWith(".tar")
                ? new BufferedInputStream(content, BUFFER)
                : new GZIPInputStream(content, BUFFER)) {
      InputStream bounded = new BoundedInput(unpacked, limits.unpackedBytes());
      TarReader tar = new TarReader(bounded);
      for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
        gathering.count();
        PackagePath path = PackagePath.of(entry.name());
        found |= path.place() != PackagePath.Place.OUTSIDE;
        untar(tar, entry, path, gathering);
      }
      // To the end, where gzip has its checksum.
      bounded.transferTo(OutputStream.nullOutputStream());
    }
    return found;
  }

  private static void untar(
      TarReader tar, TarReader.Entry entry, PackagePath path, Gathering gathering)
      throws IOException {
    switch (entry.kind()) {
      case FILE -> {
        if (gathering.wants(path)) {
          gathering.take(path, tar.content());
        }
      }
      case FOLDER -> {}
      // The commands of packages, which npm makes as links.
      case LINK, DEVICE -> {
        if (path.place() != PackagePath.Place.HIDDEN) {
          String what = entry.kind() == TarReader.Kind.LINK ? " is a link" : " is a device";
          throw new RefusedPackagesException(
              RefusedPackagesException.quoted(entry.name())
                  + what
                  + "; an archive may hold files and folders");
        }
      }
    }
  }
}
