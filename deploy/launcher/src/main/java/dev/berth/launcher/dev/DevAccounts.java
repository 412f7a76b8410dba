package dev.berth.launcher.dev;

import dev.berth.catalog.AppCatalog;
import dev.berth.identity.Accounts;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.account.Identity;
import dev.berth.identity.customdata.MongoCustomUserData;
import dev.berth.identity.mail.MailSettings;
import dev.berth.identity.mail.PrintingMailer;
import dev.berth.identity.mail.SmtpMailer;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.settings.DataSourceSettings;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The users of all apps in `berth dev`. The gateway listens before there is a database, so they
/// come later than it does. Safe from any thread.
public final class DevAccounts {

  private final IdentitySettings settings;
  private final @Nullable MailSettings mail;
  private final Predicate<InetAddress> reachable;
  private final Console console;
  private final AtomicReference<@Nullable Opened> opened = new AtomicReference<>();

  /// @param customData has connections of its own
  /// @param smtp `null` when links are printed
  private record Opened(
      Identity identity, MongoCustomUserData customData, @Nullable SmtpMailer smtp) {}

  /// Of the apps in a database that is opened later.
  ///
  /// @param mail the server that sends confirmation and reset links; `null` to print them
  /// @param reachable which addresses the keys of tokens may be read from
  public DevAccounts(
      IdentitySettings settings,
      @Nullable MailSettings mail,
      Predicate<InetAddress> reachable,
      Console console) {
    this.reachable = reachable;
    this.settings = settings;
    this.mail = mail;
    this.console = console;
  }

  /// Opens them in the database of Berth.
  ///
  /// @param sources of the apps, which may keep more about their users there
  public Future<Void> open(
      Listening listening, AppCatalog catalog, Database database, DataSourceSettings sources) {
    DataSourceSettings links = sources.at(database.connectionString());
    var customData = new MongoCustomUserData(listening.vertx(), links::link);
    SmtpMailer smtp = mail == null ? null : SmtpMailer.to(listening.vertx(), mail);
    var surroundings =
        new Identity.Surroundings(
            catalog,
            listening.invoker(),
            smtp == null ? new PrintingMailer(console::say) : smtp,
            customData,
            settings,
            reachable,
            InstantSource.system());
    return Identity.open(listening.vertx(), database.connectionString(), surroundings)
        .onSuccess(identity -> opened.set(new Opened(identity, customData, smtp)))
        .mapEmpty();
  }

  /// For the gateway, which asks once it is ready.
  public Accounts accounts() {
    Opened now = opened.get();
    if (now == null) {
      throw new IllegalStateException("there are no accounts before there is a database");
    }
    return now.identity.accounts();
  }

  /// For administrators, who come once it is ready.
  public UserAdministration administration() {
    Opened now = opened.get();
    if (now == null) {
      throw new IllegalStateException("there are no users before there is a database");
    }
    return now.identity.administration();
  }

  /// Lets the database go.
  public Future<Void> close() {
    Opened last = opened.getAndSet(null);
    return last == null
        ? Future.succeededFuture()
        : last.identity.close().eventually(() -> closed(last));
  }

  private static Future<Void> closed(Opened last) {
    last.customData.close();
    return last.smtp == null ? Future.succeededFuture() : last.smtp.close();
  }
}
