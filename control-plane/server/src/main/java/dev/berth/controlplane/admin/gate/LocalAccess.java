package dev.berth.controlplane.admin.gate;

import dev.berth.controlplane.admin.http.AdminRequest;
import dev.berth.controlplane.session.AdminSession;
import dev.berth.controlplane.tenant.Administrator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether programs on this machine may administer without signing in, as in `berth dev`.
///
/// Web pages in a browser of this machine may not, wherever they come from, and neither may what
/// a proxy passes on.
public final class LocalAccess {

  private static final List<String> LOCAL_HOSTS = List.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> SIGNS_OF_A_BROWSER =
      List.of("Origin", "Referer", "Sec-Fetch-Site", "Sec-Fetch-Mode");
  private static final List<String> SIGNS_OF_A_PROXY =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private final @Nullable Administrator developer;

  private LocalAccess(@Nullable Administrator developer) {
    this.developer = developer;
  }

  /// Everybody has to sign in.
  public static LocalAccess none() {
    return new LocalAccess(null);
  }

  /// Whoever is on this machine acts as an administrator.
  public static LocalAccess as(Administrator developer) {
    return new LocalAccess(developer);
  }

  /// The administrator that a request acts as without any proof; empty when it needs one.
  public Optional<Administrator> administrator(AdminRequest request) {
    return developer != null && comesFromHere(request) ? Optional.of(developer) : Optional.empty();
  }

  Optional<AdminSession> session(AdminRequest request) {
    return administrator(request).map(found -> new AdminSession("local", found));
  }

  private static boolean comesFromHere(AdminRequest request) {
    return isLoopback(request.remoteAddress())
        // A page of another host that resolves to this machine still names that host.
        && LOCAL_HOSTS.contains(request.host().toLowerCase(Locale.ROOT))
        && SIGNS_OF_A_BROWSER.stream().allMatch(name -> request.header(name) == null)
        && SIGNS_OF_A_PROXY.stream().allMatch(name -> request.header(name) == null);
  }

  private static boolean isLoopback(String address) {
    try {
      return !address.isEmpty()
          && address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')
          && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException notAnAddress) {
      return false;
    }
  }
}
