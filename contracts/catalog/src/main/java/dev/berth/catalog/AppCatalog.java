package dev.berth.catalog;

import dev.berth.appmodel.AppId;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The apps that this process serves, in memory. Safe from any thread; never blocks.
public interface AppCatalog {

  /// The live revision of an app, or `null` when there is no such app.
  @Nullable DeployedApp find(AppId id);

  /// Every live app.
  Collection<DeployedApp> all();

  /// Calls the listener for each change from now on, on the thread that applies the change, after
  /// [#find] shows it. A listener must not block.
  ///
  /// @return ends the subscription when run
  Runnable onChange(Consumer<AppChange> listener);
}
