package dev.berth.identity.account;

import dev.berth.appmodel.AuthProvider.EmailPassword;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Done;
import dev.berth.identity.EmailPasswordAccounts;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonValue;

/// Registrations and resets, for apps that have the provider enabled.
final class StoredEmailPasswordAccounts implements EmailPasswordAccounts {

  private final Registrations registrations;
  private final PasswordResets resets;

  StoredEmailPasswordAccounts(Registrations registrations, PasswordResets resets) {
    this.registrations = registrations;
    this.resets = resets;
  }

  @Override
  public Future<Answer<Done>> register(
      DeployedApp app, String email, String password, String remoteAddress) {
    return where(
        app,
        settings ->
            Registrations.allowed(password)
                .then(_ -> registrations.register(app, settings, email, password, remoteAddress)));
  }

  @Override
  public Future<Answer<Done>> confirm(DeployedApp app, String token, String tokenId) {
    return where(app, _ -> registrations.confirm(app, token, tokenId));
  }

  @Override
  public Future<Answer<Done>> sendConfirmation(DeployedApp app, String email) {
    return where(app, settings -> registrations.sendConfirmation(app, settings, email));
  }

  @Override
  public Future<Answer<Done>> runConfirmation(DeployedApp app, String email) {
    return where(app, settings -> registrations.runConfirmation(app, settings, email));
  }

  @Override
  public Future<Answer<Done>> reset(
      DeployedApp app, String token, String tokenId, String password) {
    return where(
        app,
        _ ->
            Registrations.allowed(password).then(_ -> resets.reset(app, token, tokenId, password)));
  }

  @Override
  public Future<Answer<Done>> sendReset(DeployedApp app, String email) {
    return where(app, settings -> resets.send(app, settings, email));
  }

  @Override
  public Future<Answer<Done>> runReset(
      DeployedApp app, String email, String password, List<BsonValue> arguments) {
    return where(
        app,
        settings ->
            Registrations.allowed(password)
                .then(_ -> resets.run(app, settings, email, password, arguments)));
  }

  private static Future<Answer<Done>> where(
      DeployedApp app, Function<EmailPassword, Future<Answer<Done>>> then) {
    return Busy.asDenial(Registrations.settings(app).then(then));
  }
}
