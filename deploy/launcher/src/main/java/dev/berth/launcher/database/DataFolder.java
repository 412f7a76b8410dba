package dev.berth.launcher.database;

import dev.berth.launcher.console.StartFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The folder that holds the embedded database, for as long as one process owns it.
///
/// The lock is the operating system's, so it is gone with the process, however that ends.
final class DataFolder implements AutoCloseable {

  private static final String LOCK_FILE = "lock";

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /// Makes the folder where there is none and takes it for this process.
  static DataFolder own(Path path) throws StartFailure {
    try {
      Files.createDirectories(path);
      FileChannel lockFile =
          FileChannel.open(
              path.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (lock(lockFile) == null) {
        String owner = read(lockFile);
        lockFile.close();
        throw new StartFailure(
            "the data folder %s is in use by another Berth%s; stop that one, or choose another folder with --data"
                .formatted(path, owner.isBlank() ? "" : " (process " + owner + ")"));
      }
      sayWhoOwns(lockFile);
      return new DataFolder(path, lockFile);
    } catch (FileAlreadyExistsException e) {
      throw new StartFailure("the data folder %s is a file, not a folder".formatted(e.getFile()));
    } catch (AccessDeniedException e) {
      throw new StartFailure(
          "the data folder %s cannot be written to: no permission for %s"
              .formatted(path, e.getFile()));
    } catch (IOException e) {
      throw new StartFailure(
          "the data folder %s cannot be used: %s".formatted(path, e.getMessage()));
    }
  }

  private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
    try {
      // One byte far behind the text, so that systems with mandatory locks let others read it.
      return lockFile.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException ownedByThisProcess) {
      return null;
    }
  }

  private static void sayWhoOwns(FileChannel lockFile) throws IOException {
    String owner = Long.toString(ProcessHandle.current().pid());
    lockFile.truncate(0);
    lockFile.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static String read(FileChannel lockFile) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    lockFile.read(text, 0);
    return StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
  }

  Path file(String name) {
    return path.resolve(name);
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot let go of the data folder " + path, e);
    }
  }
}
