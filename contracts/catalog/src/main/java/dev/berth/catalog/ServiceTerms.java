package dev.berth.catalog;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From whom an app takes requests, how many, how long its users stay signed in, and whose it is:
/// what its administrators and those of the installation say, and not its files.
///
/// @param version one more with each change
/// @param allowedAddresses IP addresses, and ranges such as `10.0.0.0/8`; with
/// [#EVERYWHERE] among them everybody may come, without any nobody
/// @param requestsPerSecond `null` for as many as every app
/// @param concurrentRequests `null` for as many as every app
/// @param refreshTokenLife of the sessions of its users that begin from now on, but for anonymous
/// ones; `null` for that of every app
/// @param tenant the name of the organization that has the app; `null` when nobody knows
public record ServiceTerms(
    int version,
    List<String> allowedAddresses,
    @Nullable Integer requestsPerSecond,
    @Nullable Integer concurrentRequests,
    @Nullable Duration refreshTokenLife,
    @Nullable String tenant) {

  /// The range that means every address, those of IPv6 too.
  public static final String EVERYWHERE = "0.0.0.0/0";

  public ServiceTerms {
    allowedAddresses = List.copyOf(allowedAddresses);
    requireAtLeastOne(requestsPerSecond);
    requireAtLeastOne(concurrentRequests);
  }

  /// Of an app of nobody, whose users stay signed in as long as those of every app.
  public ServiceTerms(
      int version,
      List<String> allowedAddresses,
      @Nullable Integer requestsPerSecond,
      @Nullable Integer concurrentRequests) {
    this(version, allowedAddresses, requestsPerSecond, concurrentRequests, null, null);
  }

  private static void requireAtLeastOne(@Nullable Integer number) {
    if (number != null && number < 1) {
      throw new IllegalArgumentException("an app may get at least one request: " + number);
    }
  }

  /// What an app has of which nobody says anything: everybody may come, as often as to any other.
  public static ServiceTerms usual() {
    return new ServiceTerms(0, List.of(EVERYWHERE), null, null);
  }

  public boolean admitEverybody() {
    return allowedAddresses.contains(EVERYWHERE);
  }
}
