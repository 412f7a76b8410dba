package dev.berth.gateway.door;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every now and then whether the certificate was replaced, and brings the new one into
/// use. One that cannot be used changes nothing but the log.
///
/// The files are read when two looks in a row found them the same: they are two, and are seldom
/// replaced in one moment.
public final class CertificateWatch {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

  private final Vertx vertx;
  private final Certificate certificate;
  private final Function<PemKeyCertOptions, Future<?>> use;
  private final long timer;
  private String lastSeen;
  private String judged;

  private CertificateWatch(
      Vertx vertx,
      Certificate certificate,
      String inUse,
      Duration period,
      Function<PemKeyCertOptions, Future<?>> use) {
    this.vertx = vertx;
    this.certificate = certificate;
    this.use = use;
    this.lastSeen = inUse;
    this.judged = inUse;
    this.timer = vertx.setPeriodic(period.toMillis(), _ -> look());
  }

  /// Starts to watch.
  ///
  /// @param inUse the state of the files when those in use were read, see [Certificate#state]
  /// @param use brings another certificate into use
  public static CertificateWatch start(
      Vertx vertx,
      Certificate certificate,
      String inUse,
      Duration period,
      Function<PemKeyCertOptions, Future<?>> use) {
    return new CertificateWatch(vertx, certificate, inUse, period, use);
  }

  private void look() {
    vertx
        .executeBlocking(this::replacement)
        .compose(
            replacement ->
                replacement == null
                    ? Future.succeededFuture()
                    : use.apply(replacement).onSuccess(_ -> tellOfReplacement()))
        .onFailure(
            failure ->
                LOG.atError()
                    .addKeyValue("certificate", certificate.chain())
                    .addKeyValue("reason", failure.getMessage())
                    .log("the new TLS certificate cannot be used; the old one stays"));
  }

  /// The certificate, when it is a new one that nobody has judged. Vert.x runs one at a time.
  private @Nullable PemKeyCertOptions replacement() {
    String state;
    try {
      state = certificate.state();
    } catch (IOException e) {
      // Somebody is replacing it.
      return null;
    }
    boolean stable = state.equals(lastSeen);
    lastSeen = state;
    if (!stable || state.equals(judged)) {
      return null;
    }
    judged = state;
    return certificate.read(vertx);
  }

  private void tellOfReplacement() {
    LOG.atInfo()
        .addKeyValue("certificate", certificate.chain())
        .log("the TLS certificate was replaced");
  }

  /// Stops watching.
  public void stop() {
    vertx.cancelTimer(timer);
  }
}
