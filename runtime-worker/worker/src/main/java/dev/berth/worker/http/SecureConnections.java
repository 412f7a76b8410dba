package dev.berth.worker.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Makes connections of app code secure, from their beginning or later (`STARTTLS`).
final class SecureConnections {

  private final Duration patience;
  private final @Nullable TrustOptions trust;

  /// @param patience for a handshake
  /// @param trust whose certificates are believed; `null` for those that the JDK believes
  SecureConnections(Duration patience, @Nullable TrustOptions trust) {
    this.patience = patience;
    this.trust = trust;
  }

  /// Makes a connection secure and tells about it. One that cannot be is closed.
  Future<BsonValue> secure(GuestSocket connection, NetArguments asked) {
    return connection
        .secure(options(asked), serverName(asked))
        .compose(socket -> told(socket, asked))
        .<BsonValue>map(told -> told)
        .onFailure(_ -> connection.close());
  }

  /// Has a connection be secure from its beginning.
  void prepare(ConnectOptions options, NetArguments asked) {
    options.setSsl(true).setSslOptions(options(asked)).setSniServerName(serverName(asked));
  }

  /// Whom to ask for; addresses are not asked for.
  private static @Nullable String serverName(NetArguments asked) {
    PeerName peer = asked.peer();
    if (peer == null && asked.provesItself()) {
      throw NetErrors.invalid("\"servername\" is missing");
    }
    return peer == null || peer.isAddress() ? null : peer.text();
  }

  private ClientSSLOptions options(NetArguments asked) {
    var options = new ClientSSLOptions();
    options.setSslHandshakeTimeout(patience.toMillis());
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    // The name is compared below: only a name will do where there is one, and no address.
    options.setHostnameVerificationAlgorithm("");
    if (!asked.provesItself()) {
      return options.setTrustAll(true);
    }
    List<String> authorities = asked.authorities();
    if (authorities.isEmpty()) {
      return options.setTrustOptions(trust);
    }
    var named = new PemTrustOptions();
    for (String text : authorities) {
      named.addCertValue(Buffer.buffer(certificates(text)));
    }
    return options.setTrustOptions(named);
  }

  private static String certificates(String text) {
    try (var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
      if (!CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
        return text;
      }
    } catch (CertificateException | IOException _) {
      // It is refused below, as one without any certificate is.
    }
    throw NetErrors.invalid("\"ca\" is no certificate");
  }

  /// What app code learns of a secure connection; fails when it is one with somebody else.
  static Future<BsonDocument> told(NetSocket socket, NetArguments asked) {
    X509Certificate certificate = certificate(socket);
    PeerName peer = asked.peer();
    if (asked.provesItself()
        && (certificate == null || peer == null || !peer.isNameOf(certificate))) {
      return Future.failedFuture(
          NetErrors.failed(
              "ERR_TLS_CERT_ALTNAME_INVALID", "the certificate is that of another host"));
    }
    BsonDocument told =
        new BsonDocument("protocol", new BsonString(socket.sslSession().getProtocol()))
            .append("cipher", new BsonString(socket.sslSession().getCipherSuite()));
    if (certificate != null) {
      PeerName.allOf(certificate).ifPresent(names -> told.append("names", new BsonString(names)));
      told.append("subject", new BsonString(certificate.getSubjectX500Principal().getName()))
          .append("issuer", new BsonString(certificate.getIssuerX500Principal().getName()))
          .append("from", new BsonString(certificate.getNotBefore().toInstant().toString()))
          .append("to", new BsonString(certificate.getNotAfter().toInstant().toString()));
    }
    return Future.succeededFuture(told);
  }

  private static @Nullable X509Certificate certificate(NetSocket socket) {
    try {
      List<Certificate> chain = socket.peerCertificates();
      return chain != null && !chain.isEmpty() && chain.getFirst() instanceof X509Certificate first
          ? first
          : null;
    } catch (SSLPeerUnverifiedException _) {
      return null;
    }
  }
}
