package dev.berth.worker.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Asks as Vert.x does: the hosts file, then the name servers of this machine, without holding a
/// thread.
///
/// What Vert.x offers publicly resolves and connects in one go, and leaves no room for a
/// judgement
/// in between.
final class VertxHostResolver implements HostResolver {

  private final VertxInternal vertx;

  VertxHostResolver(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  @Override
  public Future<List<InetAddress>> resolve(String host) {
    Promise<List<InetSocketAddress>> found = Promise.promise();
    vertx.nameResolver().resolveAll(host, answer -> settle(found, answer));
    return found
        .future()
        .map(addresses -> addresses.stream().map(InetSocketAddress::getAddress).toList());
  }

  private static <T> void settle(Promise<T> promise, AsyncResult<T> answer) {
    if (answer.succeeded()) {
      promise.complete(answer.result());
    } else {
      promise.fail(answer.cause());
    }
  }
}
