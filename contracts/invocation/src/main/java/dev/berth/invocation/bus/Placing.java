package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a process chooses the workers of an app.
///
/// A worker of a region runs apps that are local to it, and global ones; a worker of no region
/// runs all. An app that is local to a region runs nowhere else. A global app runs near to who
/// calls it, as long as anybody is there, and otherwise anywhere.
///
/// @param workersPerApp on how many workers an app runs while all of them live
/// @param region of this process; `null` for none
/// @param homes the region that an app is local to, and `null` for a global one; asked for each
///     call, must not block
public record Placing(
    int workersPerApp, @Nullable String region, Function<AppId, @Nullable String> homes) {

  /// Every app runs anywhere.
  public static Placing anywhere(int workersPerApp) {
    return new Placing(workersPerApp, null, _ -> null);
  }

  @Nullable String homeOf(AppId app) {
    return homes.apply(app);
  }
}
