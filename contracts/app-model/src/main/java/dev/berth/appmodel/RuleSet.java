package dev.berth.appmodel;

import java.util.List;

/// Who may do what with the documents of a collection, and which documents a query sees.
///
/// @param roles the first that applies decides; their order matters
public record RuleSet(List<Role> roles, List<Filter> filters) {

  /// How many roles a collection may have.
  public static final int MAX_ROLES = 100;

  public RuleSet {
    roles = List.copyOf(roles);
    filters = List.copyOf(filters);
  }
}
