package dev.berth.appmodel;

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
