package dev.berth.appmodel;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The secrets of one app, by name. Never shows a value in its text form.
public final class Secrets {

  private static final Secrets NONE = new Secrets(Map.of());

  private final Map<String, String> byName;

  private Secrets(Map<String, String> byName) {
    this.byName = Map.copyOf(byName);
  }

  public static Secrets none() {
    return NONE;
  }

  public static Secrets of(Map<String, String> byName) {
    return byName.isEmpty() ? NONE : new Secrets(byName);
  }

  /// These secrets and some more; where both have one, the other one counts.
  public Secrets with(Map<String, String> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<String, String> all = new HashMap<>(byName);
    all.putAll(more);
    return new Secrets(all);
  }

  /// These secrets and some more; where both have one, the other one counts.
  public Secrets and(Secrets more) {
    return with(more.byName);
  }

  /// These secrets without one of them.
  public Secrets without(String name) {
    Map<String, String> others = new HashMap<>(byName);
    others.remove(name);
    return of(others);
  }

  /// The value of a secret, or `null` when there is none of that name.
  public @Nullable String find(String name) {
    return byName.get(name);
  }

  public Set<String> names() {
    return byName.keySet();
  }

  @Override
  public String toString() {
    return "Secrets" + byName.keySet();
  }
}
