package dev.berth.benchmarks.manyapps;

import dev.berth.benchmarks.ChildServer;
import dev.berth.benchmarks.ClientLoad;
import dev.berth.benchmarks.Run;
import java.io.IOException;
import java.util.List;

/// A [ManyAppsServer] in a JVM of its own, as the one that started it sees it.
final class ManyApps implements AutoCloseable {

  private final ChildServer server;
  private final Shops shops;
  private final ClientLoad client = new ClientLoad(1, null);

  private ManyApps(ChildServer server, Shops shops) {
    this.server = server;
    this.shops = shops;
  }

  static ManyApps start(Run run, List<String> options, int idleContexts) throws IOException {
    return new ManyApps(
        ChildServer.java(
            options,
            List.of(
                ManyAppsServer.class.getName(),
                run.app("hello").toString(),
                run.app("shop").toString(),
                String.valueOf(idleContexts))),
        new Shops(run.app("shop")));
  }

  String about() {
    return server.announcement().about();
  }

  long pid() {
    return server.pid();
  }

  /// Where the app is served that was there first.
  String firstUrl() {
    return server.announcement().url();
  }

  /// Makes the apps with these numbers live, the last one excluded.
  void deploy(int from, int to) throws IOException {
    server.order("deploy " + from + " " + to);
  }

  /// Waits until so many contexts are idle.
  ///
  /// @throws IllegalStateException when that does not come true
  void awaitIdle(int contexts) throws IOException {
    int idle = idle(contexts);
    if (idle < contexts) {
      throw new IllegalStateException(
          "only %,d contexts are warm, of %,d".formatted(idle, contexts));
    }
  }

  /// How many contexts are idle now.
  int idle() throws IOException {
    return idle(0);
  }

  private int idle(int awaited) throws IOException {
    return Integer.parseInt(server.order("await-idle " + awaited));
  }

  /// The bytes that survive a full collection.
  long liveHeap() throws IOException {
    return Long.parseLong(server.order("heap"));
  }

  /// Calls an app once and checks what it answers.
  ///
  /// @return how long that took, in microseconds
  long call(int number) {
    String url = "http://127.0.0.1:" + server.announcement().port() + shops.path(number);
    return client.call(url, Shops.answer(number));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
