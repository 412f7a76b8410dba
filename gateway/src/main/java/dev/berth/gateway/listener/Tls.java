package dev.berth.gateway.listener;

import dev.berth.gateway.door.Certificate;
import dev.berth.gateway.door.CertificateWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// TLS as all listeners of a gateway speak it: versions 1.2 and 1.3, with HTTP/2 for those who
/// know it.
public final class Tls {

  /// How often the files of the certificate are looked at.
  public static final Duration LOOKS = Duration.ofSeconds(1);

  private static final Set<String> VERSIONS = Set.of("TLSv1.2", "TLSv1.3");

  private final Certificate certificate;
  private final String state;
  private final PemKeyCertOptions pem;

  private Tls(Certificate certificate, String state, PemKeyCertOptions pem) {
    this.certificate = certificate;
    this.state = state;
    this.pem = pem;
  }

  /// Reads the certificate.
  ///
  /// @return fails with a message fit for a person when it cannot be used
  public static Future<Tls> open(Vertx vertx, Certificate certificate) {
    return vertx.executeBlocking(() -> read(vertx, certificate)).map(Objects::requireNonNull);
  }

  private static Tls read(Vertx vertx, Certificate certificate) throws IOException {
    PemKeyCertOptions pem = certificate.read(vertx);
    return new Tls(certificate, certificate.state(), pem);
  }

  /// Makes a server speak it.
  public HttpServerOptions on(HttpServerOptions options) {
    return options
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(VERSIONS)
        .setKeyCertOptions(pem);
  }

  /// Shows a replaced certificate at all of these, until the watch is stopped.
  public CertificateWatch follow(Vertx vertx, List<HttpListener> listeners) {
    return CertificateWatch.start(
        vertx,
        certificate,
        state,
        LOOKS,
        replacement ->
            Future.join(listeners.stream().map(each -> each.show(with(replacement))).toList()));
  }

  private static ServerSSLOptions with(PemKeyCertOptions pem) {
    return new ServerSSLOptions()
        .setUseAlpn(true)
        .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
        .setEnabledSecureTransportProtocols(VERSIONS)
        .setKeyCertOptions(pem);
  }
}
