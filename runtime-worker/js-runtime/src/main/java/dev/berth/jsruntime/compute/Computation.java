package dev.berth.jsruntime.compute;

import java.util.List;

/// One thing that the host computes for app code, which waits for it.
///
/// It cannot be interrupted, so it bounds its work by what it accepts: a tenth of a second is
/// long. Implementations are called on any thread and keep no state.
@FunctionalInterface
public interface Computation {

  /// Computes one answer.
  ///
  /// @param texts the arguments, made by the prelude of what app code gave; never trusted
  /// @throws RefusedException with a message for app code
  String answer(List<String> texts) throws RefusedException;
}
