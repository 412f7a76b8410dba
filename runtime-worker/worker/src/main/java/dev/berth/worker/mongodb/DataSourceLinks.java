package dev.berth.worker.mongodb;

import com.mongodb.ConnectionString;
import dev.berth.appmodel.AppId;
import org.jspecify.annotations.Nullable;

/// Which MongoDB deployment each data source of each app is linked to.
///
/// Apps are kept apart by this alone: two apps see the same data exactly when an operator linked
/// them to the same deployment.
@FunctionalInterface
public interface DataSourceLinks {

  /// Where a data source leads, or `null` when the app has no such data source.
  ///
  /// Asked on every operation and must not block, so answers come from memory.
  @Nullable ConnectionString link(AppId appId, String dataSource);
}
