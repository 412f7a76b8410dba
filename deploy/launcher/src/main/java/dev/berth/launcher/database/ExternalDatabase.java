package dev.berth.launcher.database;

import com.mongodb.ConnectionString;
import dev.berth.launcher.console.StartFailure;
import java.util.List;

/// A MongoDB that somebody else runs.
///
/// @param connectionString as given in `MONGODB_URI`; may hold a password
/// @param hosts what of it may be shown
public record ExternalDatabase(String connectionString, List<String> hosts) implements Database {

  public ExternalDatabase {
    hosts = List.copyOf(hosts);
  }

  /// The database that `MONGODB_URI` names.
  public static ExternalDatabase at(String mongodbUri) throws StartFailure {
    try {
      return new ExternalDatabase(mongodbUri, new ConnectionString(mongodbUri).getHosts());
    } catch (IllegalArgumentException e) {
      // Its message may quote the part that it did not understand, and that may be the password.
      throw new StartFailure(
          "MONGODB_URI is not a connection string of MongoDB, such as mongodb://localhost:27017");
    }
  }

  @Override
  public String description() {
    return "the MongoDB at " + String.join(", ", hosts) + " (MONGODB_URI)";
  }

  @Override
  public void close() {
    // It is not ours to stop.
  }

  @Override
  public String toString() {
    return "ExternalDatabase" + hosts;
  }
}
