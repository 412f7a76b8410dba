package dev.berth.worker.http;

import static java.util.stream.Collectors.joining;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;

/// The host that a certificate must be of.
///
/// Connections go to addresses that were judged, so the JDK, left alone, would also believe the
/// certificate of such an address.
///
/// @param text a name or an address
record PeerName(String text) {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /// The names and addresses of a certificate as Node.js writes them, such as
  /// `DNS:example.com, IP Address:192.0.2.1`; empty when it has none.
  static Optional<String> allOf(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Optional.empty()
          : Optional.of(names.stream().flatMap(PeerName::written).collect(joining(", ")));
    } catch (CertificateParsingException _) {
      return Optional.empty();
    }
  }

  /// What no host can be called by must not pass for two names.
  private static Stream<String> written(List<?> name) {
    if (!(name.get(0) instanceof Integer type) || !(name.get(1) instanceof String value)) {
      return Stream.empty();
    }
    return switch (type) {
      case DNS_NAME -> Stream.of("DNS:" + value.replaceAll("[^A-Za-z0-9.*_-]", "?"));
      case IP_ADDRESS -> Stream.of("IP Address:" + value);
      default -> Stream.empty();
    };
  }

  /// Whether it is an address.
  boolean isAddress() {
    return text.indexOf(':') >= 0 || text.matches("[0-9.]+");
  }

  /// Whether a server can be asked for it.
  boolean isUsable() {
    try {
      return isAddress() || !new SNIHostName(text).getAsciiName().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  boolean isNameOf(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException _) {
      return false;
    }
    return names != null && names.stream().anyMatch(this::is);
  }

  private boolean is(List<?> name) {
    if (!(name.get(0) instanceof Integer type) || !(name.get(1) instanceof String value)) {
      return false;
    }
    return switch (type) {
      case DNS_NAME -> !isAddress() && matches(value.toLowerCase(Locale.ROOT));
      case IP_ADDRESS -> isAddress() && isSameAddress(value);
      default -> false;
    };
  }

  /// A star stands for one whole label, the first.
  private boolean matches(String pattern) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith("*.")) {
      return name.equals(pattern);
    }
    int dot = name.indexOf('.');
    return dot > 0
        && pattern.indexOf('.', 2) > 0
        && name.substring(dot).equals(pattern.substring(1));
  }

  private boolean isSameAddress(String value) {
    try {
      return InetAddress.ofLiteral(value).equals(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
