package dev.berth.launcher.appcode;

import com.mongodb.ConnectionString;
import dev.berth.appmodel.AppId;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.worker.mongodb.DataSourceLinks;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The links of data sources, understood once: some connection strings ask a name server.
final class DataLinks implements DataSourceLinks {

  private final DataSourceSettings settings;
  private final Map<String, ConnectionString> understood = new HashMap<>();

  /// @param settings with a connection string in every link
  DataLinks(DataSourceSettings settings) {
    this.settings = settings;
    settings
        .links()
        .values()
        .forEach(link -> understood.computeIfAbsent(link, ConnectionString::new));
  }

  @Override
  public @Nullable ConnectionString link(AppId appId, String dataSource) {
    String link = settings.link(appId, dataSource);
    return link == null ? null : understood.get(link);
  }
}
