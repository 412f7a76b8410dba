package dev.berth.identity.customdata;

import dev.berth.appmodel.AppId;
import org.jspecify.annotations.Nullable;

/// Which MongoDB deployment each data source of each app is linked to.
@FunctionalInterface
public interface CustomDataLinks {

  /// A connection string, or `null` when the app has no such data source. Must not block.
  @Nullable String connectionString(AppId appId, String dataSource);
}
