package dev.berth.identity;

import dev.berth.catalog.DeployedApp;
import io.vertx.core.Future;
import java.util.List;
import org.bson.BsonValue;

/// Registration, confirmation and password reset of users with e-mail address and password.
///
/// Addresses are compared letter by letter: `Ann@example.com` is not `ann@example.com`.
public interface EmailPasswordAccounts {

  /// Registers an address, and begins its confirmation in the way that the app wants.
  ///
  /// @param remoteAddress the client's, for throttling
  Future<Answer<Done>> register(
      DeployedApp app, String email, String password, String remoteAddress);

  /// Ends a registration with what the confirmation link carried.
  Future<Answer<Done>> confirm(DeployedApp app, String token, String tokenId);

  /// Sends the confirmation link once more.
  Future<Answer<Done>> sendConfirmation(DeployedApp app, String email);

  /// Runs the confirmation function once more.
  Future<Answer<Done>> runConfirmation(DeployedApp app, String email);

  /// Sets the password with what the reset link carried.
  Future<Answer<Done>> reset(DeployedApp app, String token, String tokenId, String password);

  /// Sends a reset link.
  Future<Answer<Done>> sendReset(DeployedApp app, String email);

  /// Runs the reset function.
  ///
  /// @param arguments the client's own, which the function gets after the first
  Future<Answer<Done>> runReset(
      DeployedApp app, String email, String password, List<BsonValue> arguments);
}
