package dev.berth.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// A closed loop of POST requests: each connection sends the next one when it has its answer.
public interface Load {

  /// The small JSON body of every request.
  String BODY = "{\"name\":\"Berth\"}";

  /// Drives one endpoint, and blocks until it is done.
  ///
  /// @throws IllegalStateException when a request failed: what was measured means nothing then
  Measured drive(String url, Duration time) throws IOException, InterruptedException;

  /// The load of `wrk`.
  ///
  /// @param headers to send besides, such as `apiKey: abc`
  /// @throws IllegalStateException when it is not installed
  static Load ofWrk(Run run, int connections, List<String> headers) {
    if (!WrkLoad.isInstalled()) {
      throw new IllegalStateException("this benchmark needs wrk (apt install wrk)");
    }
    return new WrkLoad(run.folder().resolve("post.lua"), connections, headers);
  }

  /// How to name it in a report.
  String description();
}
