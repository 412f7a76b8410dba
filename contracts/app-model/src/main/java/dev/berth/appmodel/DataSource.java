package dev.berth.appmodel;

import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// A MongoDB service that functions reach with `context.services.get(name)`.
///
/// @param name such as `mongodb-atlas`
/// @param type `mongodb-atlas`, `mongodb` or `datalake`
/// @param clusterName the cluster that an operator links to a connection; `null` when not said
/// @param readPreference in the spelling of connection strings
/// @param configuration the file's whole `config`, for export
/// @param defaultRule counts for collections without rules; `null` when there is none
public record DataSource(
    String name,
    String type,
    @Nullable String clusterName,
    ReadPreference readPreference,
    BsonDocument configuration,
    @Nullable RuleSet defaultRule,
    List<CollectionDefinition> collections) {

  /// Which members of a replica set are read from, in the spelling of connection strings.
  public enum ReadPreference {
    PRIMARY("primary"),
    PRIMARY_PREFERRED("primaryPreferred"),
    SECONDARY("secondary"),
    SECONDARY_PREFERRED("secondaryPreferred"),
    NEAREST("nearest");

    private final String spelling;

    ReadPreference(String spelling) {
      this.spelling = spelling;
    }

    /// As connection strings and app directories spell it: `secondaryPreferred`.
    public String spelling() {
      return spelling;
    }
  }

  public DataSource {
    collections = List.copyOf(collections);
  }

  /// A data source about which nothing but its name and type is said.
  public DataSource(String name, String type) {
    this(name, type, null, ReadPreference.PRIMARY, new BsonDocument(), null, List.of());
  }
}
