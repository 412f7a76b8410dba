package dev.berth.worker.http;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Connections and names for app code of any app: the host's part of `net`, `tls` and `dns`.
///
/// A connection belongs to an invocation and ends with it. Safe for use by any thread; answers
/// arrive on event loops.
final class NetService implements GuestService {

  private final Outbound outbound;
  private final NetClient client;
  private final SecureConnections secure;
  private final NameRecords records;

  /// @param trust whose certificates are believed; `null` for those that the JDK believes
  /// @param nameServer to be asked for what is no address
  NetService(Outbound outbound, @Nullable TrustOptions trust, DnsClientOptions nameServer) {
    this.outbound = outbound;
    this.secure = new SecureConnections(outbound.limits().patience(), trust);
    this.records = new NameRecords(outbound.vertx(), nameServer);
    int patience = Math.toIntExact(outbound.limits().patience().toMillis());
    this.client =
        outbound
            .vertx()
            .createNetClient(
                new NetClientOptions().setConnectTimeout(patience).setTcpNoDelay(true));
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    try {
      var asked = new NetArguments(arguments);
      return perform(scope, operation, asked)
          .recover(failure -> Future.failedFuture(NetErrors.forGuest(failure)))
          .toCompletionStage();
    } catch (GuestServiceException | PassedLimitException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private Future<BsonValue> perform(CallScope scope, String operation, NetArguments asked) {
    return switch (operation) {
      case "connect" -> connect(outbound.of(scope), asked);
      case "secure" -> secure.secure(connection(scope, asked), asked);
      case "read" -> connection(scope, asked).read();
      case "write" -> connection(scope, asked).write(asked.data()).map(BsonNull.VALUE);
      case "end" -> connection(scope, asked).end().map(BsonNull.VALUE);
      case "close" -> close(outbound.of(scope), asked.id());
      case "lookup" -> lookup(asked.host());
      case "records" -> records(asked);
      default ->
          throw new GuestServiceException(
              "ServiceCommandNotFound", "the network service has no such operation", null);
    };
  }

  // ---- connections

  private Future<BsonValue> connect(OpenSockets sockets, NetArguments asked) {
    String host = asked.host();
    ConnectOptions options = new ConnectOptions().setPort(asked.port());
    if (asked.isSecure()) {
      secure.prepare(options, asked);
    }
    OpenSockets.Socket room = sockets.open();
    Promise<BsonValue> connected = Promise.promise();
    outbound
        .vertx()
        .getOrCreateContext()
        .runOnContext(
            _ ->
                outbound
                    .destinations()
                    .of(host, "connect", host)
                    .compose(addresses -> connect(room, addresses, 0, options))
                    .map(socket -> begin(sockets, room, socket))
                    .compose(
                        made ->
                            asked.isSecure()
                                ? secured(made, asked)
                                : Future.<BsonValue>succeededFuture(made.told()))
                    .onFailure(_ -> room.leave())
                    .onComplete(connected));
    return connected.future();
  }

  /// Tries one address after the other, exactly those that were judged.
  private Future<NetSocket> connect(
      OpenSockets.Socket room, List<InetAddress> addresses, int at, ConnectOptions options) {
    String address = addresses.get(at).getHostAddress();
    options.setRemoteAddress(SocketAddress.inetSocketAddress(options.getPort(), address));
    return room.connecting(() -> client.connect(options))
        .recover(
            failure ->
                at + 1 < addresses.size()
                    ? connect(room, addresses, at + 1, options)
                    : Future.failedFuture(failure));
  }

  private Connected begin(OpenSockets sockets, OpenSockets.Socket room, NetSocket socket) {
    // Whoever asked, this is the connection's own event loop.
    Context loop = outbound.vertx().getOrCreateContext();
    GuestSocket connection = GuestSocket.of(loop, socket, room);
    room.connected(socket::close);
    SocketAddress remote = socket.remoteAddress();
    return new Connected(
        socket,
        new BsonDocument("id", new BsonInt32(sockets.keep(connection)))
            .append("address", new BsonString(String.valueOf(remote.hostAddress())))
            .append("port", new BsonInt32(remote.port())));
  }

  private static Future<BsonValue> secured(Connected connected, NetArguments asked) {
    return SecureConnections.told(connected.socket(), asked)
        .onFailure(_ -> connected.socket().close())
        .map(
            told -> {
              connected.told().putAll(told);
              return connected.told();
            });
  }

  /// A new connection, and what app code is told of it.
  private record Connected(NetSocket socket, BsonDocument told) {}

  private GuestSocket connection(CallScope scope, NetArguments asked) {
    GuestSocket kept = outbound.of(scope).kept(asked.id());
    if (kept == null) {
      throw NetErrors.failed("EBADF", "there is no such connection");
    }
    return kept;
  }

  private static Future<BsonValue> close(OpenSockets sockets, int id) {
    GuestSocket connection = sockets.kept(id);
    if (connection != null) {
      sockets.forget(id);
      connection.close();
    }
    return Future.succeededFuture(BsonNull.VALUE);
  }

  // ---- names

  private Future<BsonValue> lookup(String host) {
    return outbound
        .destinations()
        .of(host, "dns", host)
        .map(
            addresses ->
                new BsonArray(
                    addresses.stream()
                        .map(address -> new BsonString(address.getHostAddress()))
                        .toList()));
  }

  private Future<BsonValue> records(NetArguments asked) {
    return outbound.destinations().tellsRecords()
        ? records.find(asked.host(), asked.recordType())
        : Future.failedFuture(NetErrors.failed("EREFUSED", "functions may look up addresses only"));
  }
}
