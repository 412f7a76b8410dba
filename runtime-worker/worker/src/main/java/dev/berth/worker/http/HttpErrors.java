package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestServiceException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// What app code may know of a request that failed: our words, and the host it asked for.
final class HttpErrors {

  private HttpErrors() {}

  /// A [GuestServiceException] for what comes from the network; anything else unchanged, for our
  /// log only.
  static Throwable forGuest(Throwable failure, Target target) {
    return switch (failure) {
      case GuestServiceException known -> known;
      case UnknownHostException _ -> failed("the host \"" + target.host() + "\" is not known");
      case ConnectException _ -> failed("cannot connect to " + target.authority());
      case SSLException _ -> failed("no secure connection to " + target.authority());
      case HttpClosedException _ -> failed("the connection was closed before the response ended");
      case VertxException _, IOException _ -> failed("the request failed");
      // Whatever cannot be read as HTTP: a head that is too long, a length that is no number.
      case IllegalArgumentException _ -> failed("the response is not well-formed HTTP");
      default -> isAboutHttp(failure) ? failed("the response is not well-formed HTTP") : failure;
    };
  }

  /// The decoder's own exceptions, by their package: they belong to no dependency of ours.
  private static boolean isAboutHttp(Throwable failure) {
    return failure.getClass().getName().startsWith("io.netty.");
  }

  static GuestServiceException failed(String problem) {
    return new GuestServiceException("HTTPError", "http request: " + problem, null);
  }
}
