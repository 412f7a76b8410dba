package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.identity.UserAdministration.UserChange;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells whoever remembers something of a user that it became untrue.
final class Changes {

  private final List<Consumer<UserChange>> memories = new CopyOnWriteArrayList<>();
  private final List<Consumer<UserChange>> listeners = new CopyOnWriteArrayList<>();

  /// What forgets in this process.
  void remembers(Consumer<UserChange> memory) {
    memories.add(memory);
  }

  Runnable onChange(Consumer<UserChange> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// This process changed a user.
  void changed(AppId appId, String userId) {
    UserChange change = new UserChange(appId, userId);
    heard(change);
    listeners.forEach(listener -> listener.accept(change));
  }

  /// Another process changed a user.
  void heard(UserChange change) {
    memories.forEach(memory -> memory.accept(change));
  }
}
