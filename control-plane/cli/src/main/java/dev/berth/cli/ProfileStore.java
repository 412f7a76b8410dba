package dev.berth.cli;

import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.ejson.EjsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/// The profiles of one person, a file each that nobody else may read.
///
/// @param folder need not exist
record ProfileStore(Path folder) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /// The profiles of whoever runs this process: in `$XDG_CONFIG_HOME/berth`, or else in
  /// `~/.config/berth`.
  static ProfileStore ofThisUser() {
    String configured = System.getenv("XDG_CONFIG_HOME");
    Path parent =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configured);
    return new ProfileStore(parent.resolve("berth"));
  }

  /// The profile of a name; one that was never kept leads to this machine.
  Profile load(String name) {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Profile.anonymous(Profile.LOCAL);
    }
    try {
      return Json.of(LocatedJson.parse(file.toString(), Files.readString(file)))
              instanceof Fields fields
          ? Profile.of(fields)
          : Profile.anonymous(Profile.LOCAL);
    } catch (EjsonParseException | IllegalArgumentException damaged) {
      throw new CommandFailure("the profile in " + file + " is damaged; delete it and log in");
    } catch (IOException broken) {
      throw new CommandFailure("the profile cannot be read: " + broken);
    }
  }

  void save(String name, Profile profile) {
    Path file = file(name);
    try {
      Files.createDirectories(folder);
      Path next = Files.createTempFile(folder, name, ".tmp");
      if (Files.getFileStore(next).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(next, JsonWriter.pretty(profile.toJson()));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException broken) {
      throw new CommandFailure("the profile cannot be written: " + broken);
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new CommandFailure(
          "\"" + name + "\" is no name of a profile; allowed are letters, digits, _ and -");
    }
    return folder.resolve(name + ".json");
  }
}
