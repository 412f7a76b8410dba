package dev.berth.controlplane;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;

/// Where apps and their revisions are kept. What a future of this store has answered with success
/// is on disk as safely as the database behind it can make it.
public interface AppStore {

  /// The App ID of an app that does not declare one: made on the first call, the same ever after.
  Future<AppId> idFor(Origin origin);

  /// Keeps a revision, unless it is the latest one already.
  ///
  /// @param name the app's name, for people
  /// @param digest what tells one definition from another, see [DefinitionDigest]
  /// @return the revision that has this digest now; new or not
  Future<StoredRevision> keep(AppId id, String name, String digest);

  /// Where an app comes from: what stays the same when its content changes.
  ///
  /// @param place such as the canonical path of a folder
  /// @param name the app's name
  record Origin(String place, String name) {}
}
