package dev.berth.controlplane;

import dev.berth.appmodel.AppId;
import org.jspecify.annotations.Nullable;

/// Says which data sources an operator has linked to a database. Answers from memory.
@FunctionalInterface
public interface LinkedDataSources {

  /// Whether a data source leads anywhere.
  ///
  /// @param appId `null` for an app that has none yet
  boolean isLinked(@Nullable AppId appId, String dataSource);
}
