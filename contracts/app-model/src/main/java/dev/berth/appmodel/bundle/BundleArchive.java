package dev.berth.appmodel.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Bundles as zip archives: the same bundle always gives the same bytes.
public final class BundleArchive {

  /// The earliest time that an archive can say.
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /// What the archive itself is called in problems.
  private static final String ARCHIVE = "archive";

  /// Files and folders of every kind.
  private static final int MOST_ENTRIES = 60_000;

  /// Of everything in the archive, what stays out included.
  private static final long MOST_BYTES = 300L << 20;

  private BundleArchive() {}

  /// Writes a bundle as a zip archive.
  ///
  /// @param folders that are in it even when no file lies in them
  public static byte[] zip(AppBundle bundle, Collection<String> folders) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (String folder : new TreeSet<>(folders)) {
        if (bundle.pathsBelow(folder).isEmpty()) {
          add(zip, folder + "/", new byte[0]);
        }
      }
      for (String path : bundle.paths()) {
        byte[] content = bundle.content(path);
        if (content != null) {
          add(zip, path, content);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to be written", impossible);
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /// Reads the files of an app out of a zip archive that a stranger made. What lies beside them
  /// stays out. Reading ends with the first thing that cannot be taken, so a bomb costs no more
  /// than a bundle may be large.
  public static AppBundle.Result unzip(byte[] archive) {
    BundleCollector collector = new BundleCollector();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
      Unzipping unzipping = new Unzipping(zip, collector);
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        collector.error(ARCHIVE, "this is no zip archive, or one without files");
      }
      while (entry != null && !collector.hasProblems()) {
        unzipping.take(entry);
        entry = collector.hasProblems() ? null : zip.getNextEntry();
      }
      if (!collector.hasProblems() && !unzipping.sawAllOf(archive)) {
        collector.error(ARCHIVE, "the archive is damaged: its end is missing");
      }
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      collector.error(ARCHIVE, "the archive is damaged: " + damaged.getMessage());
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to be read", impossible);
    }
    return collector.finish();
  }

  /// What was unpacked so far, taken or not.
  private static final class Unzipping {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRIES_OFFSET = 10;
    private static final int LONGEST_COMMENT = 0xFFFF;

    /// What stands for a number that does not fit.
    private static final int MANY = 0xFFFF;

    private final ZipInputStream zip;
    private final BundleCollector collector;
    private int entries;
    private long bytes;

    private Unzipping(ZipInputStream zip, BundleCollector collector) {
      this.zip = zip;
      this.collector = collector;
    }

    private void take(ZipEntry entry) throws IOException {
      String name = entry.getName();
      String path = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
      String fault = BundlePath.fault(path);
      if (++entries > MOST_ENTRIES) {
        collector.error(
            ARCHIVE, "there are more than " + MOST_ENTRIES + " files and folders in it");
      } else if (fault != null) {
        collector.error(path, fault);
      } else if (!entry.isDirectory() && BundleFolder.belongs(path)) {
        byte[] content = zip.readNBytes(BundleLimits.FILE_BYTES + 1);
        bytes += content.length;
        collector.add(path, content);
      } else {
        skip();
      }
    }

    /// Whether as many entries were read as the end of the archive says. What reads one after the
    /// other does not notice that some are missing.
    private boolean sawAllOf(byte[] archive) {
      ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
      int first = Math.max(0, archive.length - END_LENGTH - LONGEST_COMMENT);
      for (int i = archive.length - END_LENGTH; i >= first; i--) {
        if (bytes.getInt(i) == END_SIGNATURE) {
          int count = Short.toUnsignedInt(bytes.getShort(i + ENTRIES_OFFSET));
          return count == entries || count == MANY;
        }
      }
      return false;
    }

    private void skip() throws IOException {
      byte[] part = new byte[1 << 16];
      for (int read = zip.read(part); read >= 0; read = zip.read(part)) {
        bytes += read;
        if (bytes > MOST_BYTES) {
          collector.error(
              ARCHIVE, "the archive unpacks to more than " + (MOST_BYTES >> 20) + " MB");
          return;
        }
      }
    }
  }
}
