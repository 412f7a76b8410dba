package dev.berth.launcher.dev;

import dev.berth.catalog.AppCatalog;
import dev.berth.identity.Accounts;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.account.Identity;
import dev.berth.identity.customdata.MongoCustomUserData;
import dev.berth.identity.mail.PrintingMailer;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.database.Database;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The users of all apps in `berth dev`. The gateway listens before there is a database, so they
/// come later than it does. Safe from any thread.
final class DevAccounts {

  private final IdentitySettings settings;
  private final Console console;
  private final AtomicReference<@Nullable Opened> opened = new AtomicReference<>();

  /// @param customData has connections of its own
  private record Opened(Identity identity, MongoCustomUserData customData) {}

  /// @param console prints confirmation and reset links, which nobody sends
  DevAccounts(IdentitySettings settings, Console console) {
    this.settings = settings;
    this.console = console;
  }

  /// Opens them in the database of the apps.
  Future<Void> open(Listening listening, AppCatalog catalog, Database database) {
    var customData =
        new MongoCustomUserData(listening.vertx(), (_, _) -> database.connectionString());
    var surroundings =
        new Identity.Surroundings(
            catalog,
            listening.invoker(),
            new PrintingMailer(console::say),
            customData,
            settings,
            InstantSource.system());
    return Identity.open(listening.vertx(), database.connectionString(), surroundings)
        .onSuccess(identity -> opened.set(new Opened(identity, customData)))
        .mapEmpty();
  }

  /// For the gateway, which asks once it is ready.
  Accounts accounts() {
    Opened now = opened.get();
    if (now == null) {
      throw new IllegalStateException("there are no accounts before there is a database");
    }
    return now.identity.accounts();
  }

  Future<Void> close() {
    Opened last = opened.getAndSet(null);
    return last == null
        ? Future.succeededFuture()
        : last.identity.close().eventually(() -> closed(last.customData));
  }

  private static Future<Void> closed(MongoCustomUserData customData) {
    customData.close();
    return Future.succeededFuture();
  }
}
