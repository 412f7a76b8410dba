package dev.berth.invocation.bus;

import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;

/// An outcome as it arrives: the record inside a process, bytes from another one.
///
/// Bytes are not read where they arrive: all answers come in on one thread, and reading a result
/// of many megabytes there would keep the others waiting.
sealed interface SentOutcome {

  /// How large it is on its way, in bytes, when it is so large that it matters; otherwise 0.
  long largeBytes();

  /// The outcome; a large one is read on a worker thread of Vert.x.
  Future<Outcome> read(Vertx vertx);

  record Whole(Outcome outcome) implements SentOutcome {

    @Override
    public long largeBytes() {
      return 0;
    }

    @Override
    public Future<Outcome> read(Vertx vertx) {
      return Future.succeededFuture(outcome);
    }
  }

  /// What another process sent.
  ///
  /// @param bytes of the document of [OutcomeForm]; never compared, never changed
  @SuppressWarnings("ArrayRecordComponent")
  record Encoded(byte[] bytes) implements SentOutcome {

    /// Some tenth of a millisecond of reading.
    private static final int LARGE_BYTES = 64 << 10;

    @Override
    public long largeBytes() {
      return bytes.length < LARGE_BYTES ? 0 : bytes.length;
    }

    @Override
    public Future<Outcome> read(Vertx vertx) {
      return largeBytes() == 0
          ? Future.succeededFuture(read())
          : vertx.executeBlocking(this::read, false).map(Objects::requireNonNull);
    }

    private Outcome read() {
      return OutcomeForm.read(WireFormat.fromBytes(bytes));
    }
  }
}
