package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestServiceException;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/// What app code may know of a connection or a name that failed: the codes that Node.js has, and
/// our words.
final class NetErrors {

  private NetErrors() {}

  /// What comes from the network, and nothing of the host.
  static GuestServiceException forGuest(Throwable failure) {
    return switch (failure) {
      case GuestServiceException known -> known;
      case UnknownHostException _ -> failed("ENOTFOUND", "the host is not known");
      case ConnectTimeoutException _ -> failed("ETIMEDOUT", "the connection took too long");
      case ConnectException _ -> failed("ECONNREFUSED", "the connection was refused");
      case SSLException _ -> failed("EPROTO", "no secure connection came about");
      default -> failed("ECONNRESET", "the connection broke");
    };
  }

  static GuestServiceException invalid(String message) {
    return failed("EINVAL", message);
  }

  static GuestServiceException failed(String code, String message) {
    return new GuestServiceException(code, message, null);
  }
}
