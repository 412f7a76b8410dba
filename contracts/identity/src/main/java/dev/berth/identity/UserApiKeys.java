package dev.berth.identity;

import io.vertx.core.Future;
import java.util.List;

/// The API keys that the user of a session made: at most 20, none for anonymous users.
public interface UserApiKeys {

  /// Makes a key.
  ///
  /// @param session of a refresh token, as everywhere here
  Future<Answer<CreatedApiKey>> create(Session session, String name);

  /// In the order they were made.
  Future<List<ApiKey>> all(Session session);

  Future<Answer<ApiKey>> find(Session session, String id);

  /// Refused for the key that the session itself was opened with.
  Future<Answer<Done>> delete(Session session, String id);

  Future<Answer<Done>> enable(Session session, String id);

  Future<Answer<Done>> disable(Session session, String id);
}
