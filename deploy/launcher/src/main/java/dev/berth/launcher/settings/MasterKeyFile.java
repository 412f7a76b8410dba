package dev.berth.launcher.settings;

import dev.berth.controlplane.secret.MasterKey;
import dev.berth.controlplane.secret.Vault;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where the master key comes from: the environment, or a file that only its owner may read.
public final class MasterKeyFile {

  /// The variable that holds the key itself.
  public static final String VARIABLE = "BERTH_MASTER_KEY";

  /// The variable that holds the key that was there before, while both are needed.
  public static final String EARLIER = "BERTH_EARLIER_MASTER_KEY";

  /// The variable that holds the key that comes next, for a rotation.
  public static final String NEXT = "BERTH_NEXT_MASTER_KEY";

  private static final String NAME = "master.key";
  private static final String NEXT_NAME = "master.key.next";

  private MasterKeyFile() {}

  /// The keys of a data folder. The first one is made when there is none; there are two while
  /// a rotation goes on or was interrupted.
  ///
  /// @throws StartFailure when one cannot be read, or is none
  public static Vault in(Path data, Map<String, String> environment, Console console)
      throws StartFailure {
    Path file = data.resolve(NAME);
    if (environment.get(VARIABLE) == null && !Files.exists(file)) {
      try {
        make(file);
      } catch (IOException e) {
        throw failed(file, e);
      }
      console.say(
          "Secrets are encrypted with the new key in "
              + file
              + "; keep a copy, without it they are lost");
    }
    return read(data, environment);
  }

  private static Vault read(Path data, Map<String, String> environment) throws StartFailure {
    String given = environment.get(VARIABLE);
    if (given != null) {
      String earlier = environment.get(EARLIER);
      return new Vault(
          parsed(VARIABLE, given), earlier == null ? List.of() : List.of(parsed(EARLIER, earlier)));
    }
    Path file = data.resolve(NAME);
    Path next = data.resolve(NEXT_NAME);
    try {
      MasterKey key = read(file);
      return Files.exists(next) ? new Vault(read(next), List.of(key)) : new Vault(key, List.of());
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// The keys for a rotation: the one that comes next, which is made when there is none, and the
  /// one that is there.
  ///
  /// @throws StartFailure when one cannot be read, or is none
  public static Vault next(Path data, Map<String, String> environment) throws StartFailure {
    String given = environment.get(VARIABLE);
    String next = environment.get(NEXT);
    if (given != null) {
      if (next == null) {
        throw new StartFailure(VARIABLE + " has the master key: put the next one into " + NEXT);
      }
      return new Vault(parsed(NEXT, next), List.of(parsed(VARIABLE, given)));
    }
    Path file = data.resolve(NEXT_NAME);
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return new Vault(read(file), List.of(read(data.resolve(NAME))));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /// Puts the next key of a data folder in the place of the one that was there, which nothing
  /// needs any more. In one step, so that there is always one of the two.
  ///
  /// @return false when the environment has the keys, and nothing is to be done here
  public static boolean adoptNext(Path data, Map<String, String> environment) throws StartFailure {
    if (environment.get(VARIABLE) != null) {
      return false;
    }
    try {
      Files.move(data.resolve(NEXT_NAME), data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw failed(data.resolve(NEXT_NAME), e);
    }
  }

  private static MasterKey read(Path file) throws IOException, StartFailure {
    return parsed(file.toString(), Files.readString(file));
  }

  private static StartFailure failed(Path file, IOException e) {
    return new StartFailure("cannot read or make the master key %s: %s".formatted(file, e));
  }

  /// The keys of an installation, which a control plane has made.
  ///
  /// @throws StartFailure when there is none, or it cannot be read
  public static Vault existing(Path data, Map<String, String> environment) throws StartFailure {
    if (environment.get(VARIABLE) == null && !Files.exists(data.resolve(NAME))) {
      throw new StartFailure(
          "the secrets of apps cannot be read without the master key of the control plane: put a copy of its file at %s, or the key into %s"
              .formatted(data.resolve(NAME), VARIABLE));
    }
    return read(data, environment);
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
