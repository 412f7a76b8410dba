package dev.berth.launcher.settings;

import dev.berth.controlplane.secret.MasterKey;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/// Where the master key comes from: the environment, or a file that only its owner may read.
public final class MasterKeyFile {

  /// The variable that holds the key itself.
  public static final String VARIABLE = "BERTH_MASTER_KEY";

  private static final String NAME = "master.key";

  private MasterKeyFile() {}

  /// The key of a data folder, which is made when there is none.
  ///
  /// @throws StartFailure when it cannot be read, or is none
  public static MasterKey in(Path data, Map<String, String> environment, Console console)
      throws StartFailure {
    String given = environment.get(VARIABLE);
    if (given != null) {
      return parsed(VARIABLE, given);
    }
    Path file = data.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        make(file);
        console.say(
            "Secrets are encrypted with the new key in "
                + file
                + "; keep a copy, without it they are lost");
      }
      return parsed(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new StartFailure("cannot read or make the master key %s: %s".formatted(file, e));
    }
  }

  /// The key of an installation, which a control plane has made.
  ///
  /// @throws StartFailure when there is none, or it cannot be read
  public static MasterKey existing(Path data, Map<String, String> environment) throws StartFailure {
    String given = environment.get(VARIABLE);
    if (given != null) {
      return parsed(VARIABLE, given);
    }
    Path file = data.resolve(NAME);
    try {
      return parsed(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new StartFailure(
          "the secrets of apps cannot be read without the master key of the control plane: put a copy of its file at %s, or the key into %s"
              .formatted(file, VARIABLE));
    }
  }

  private static MasterKey parsed(String place, String text) throws StartFailure {
    try {
      return MasterKey.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new StartFailure(place + ": " + malformed.getMessage());
    }
  }

  private static void make(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.createFile(file);
    try {
      Files.setPosixFilePermissions(
          file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    } catch (UnsupportedOperationException otherFileSystem) {
      if (!file.toFile().setReadable(false, false) || !file.toFile().setReadable(true, true)) {
        throw new FileSystemException(file.toString(), null, "cannot be kept from other users");
      }
    }
    Files.writeString(file, MasterKey.generate() + "\n", StandardOpenOption.SYNC);
  }
}
