package dev.berth.appmodel;

import org.jspecify.annotations.Nullable;

/// Where the app keeps its own facts about its users; complete whenever it is enabled.
///
/// @param userIdField the field that holds the user's id
/// @param onUserCreationFunction runs when a user is made; `null` when none does
public record CustomUserData(
    boolean enabled,
    @Nullable String dataSource,
    @Nullable String database,
    @Nullable String collection,
    @Nullable String userIdField,
    @Nullable String onUserCreationFunction) {

  /// No custom user data.
  public static CustomUserData disabled() {
    return new CustomUserData(false, null, null, null, null, null);
  }
}
