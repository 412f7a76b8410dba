package dev.berth.controlplane.logs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which entries of a log somebody wants to see.
///
/// @param types all when empty
/// @param errorsOnly no entry without an error
/// @param userId of everybody when empty
/// @param requestId of every request when empty
/// @param after only entries written later; `null` for no such bound
/// @param until no entries written later; `null` for no such bound
/// @param skip so many of the newest ones are left out
/// @param limit so many at most
public record LogQuery(
    List<String> types,
    boolean errorsOnly,
    String userId,
    String requestId,
    @Nullable Instant after,
    @Nullable Instant until,
    int skip,
    int limit) {

  public LogQuery {
    types = List.copyOf(types);
  }
}
