package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which databases and collections app code may name at all, whatever it is linked to.
public final class NamespacePolicy {

  private static final int LONGEST_DATABASE_NAME = 63;
  private static final int LONGEST_NAMESPACE = 255;

  private static final String NOT_IN_DATABASE_NAMES = "/\\. \"$\0";

  private final Set<String> reserved;

  /// @param own further databases that functions must not reach, such as the control plane's when
  ///     it is not named `berth`
  public NamespacePolicy(String... own) {
    this.reserved =
        Stream.concat(Stream.of("berth", "admin", "local", "config"), Stream.of(own))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Refuses a database that functions must not reach, or that is no name of a database.
  void checkDatabase(String name) {
    if (name.isEmpty()) {
      throw refused("the database name must not be empty");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_DATABASE_NAME) {
      throw refused("the database name must not be longer than 63 bytes");
    }
    if (name.codePoints().anyMatch(NamespacePolicy::isNotInDatabaseNames)) {
      throw refused("the database name has a character that is not allowed in it");
    }
    if (isReserved(name)) {
      throw refused("database '" + name + "' is not available to functions");
    }
  }

  /// Refuses what is no name of a collection, and the collections that a server keeps for itself.
  void checkCollection(String database, String name) {
    if (name.isEmpty()) {
      throw refused("the collection name must not be empty");
    }
    int length = (database + "." + name).getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_NAMESPACE) {
      throw refused("database and collection name must not be longer than 255 bytes together");
    }
    if (name.codePoints().anyMatch(NamespacePolicy::isNotInCollectionNames)) {
      throw refused("the collection name has a character that is not allowed in it");
    }
    if (name.toLowerCase(Locale.ROOT).startsWith("system.")) {
      throw refused("collection '" + name + "' is not available to functions");
    }
  }

  /// Whether a database exists for others than functions.
  boolean isReserved(String database) {
    return reserved.contains(database.toLowerCase(Locale.ROOT));
  }

  private static boolean isNotInDatabaseNames(int character) {
    return NOT_IN_DATABASE_NAMES.indexOf(character) >= 0 || isNeverInNames(character);
  }

  private static boolean isNotInCollectionNames(int character) {
    return character == '$' || isNeverInNames(character);
  }

  /// A lone half of a surrogate pair cannot be written as UTF-8: it would reach the server as
  /// some other name than the one that was judged.
  private static boolean isNeverInNames(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
  }

  private static GuestServiceException refused(String message) {
    return new GuestServiceException("InvalidParameter", message, null);
  }
}
