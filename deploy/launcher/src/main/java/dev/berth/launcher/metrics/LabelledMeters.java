package dev.berth.launcher.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Meters of things that there may be any number of. Each with a label of its own takes memory
/// here and in Prometheus for as long as both run, so only the first ones to be counted have one,
/// and all others share one. Safe from any thread.
///
/// @param <K> what is counted
/// @param <M> the meters of one
final class LabelledMeters<K, M> {

  /// The label that all others share.
  static final String OTHERS = "(others)";

  private final int most;
  private final Function<K, M> make;
  private final M others;
  private final Map<K, M> known = new ConcurrentHashMap<>();
  private final AtomicInteger labelled = new AtomicInteger();

  /// @param most how many have a label of their own
  /// @param others the meters of all others
  /// @param make the meters of one
  LabelledMeters(int most, M others, Function<K, M> make) {
    this.most = most;
    this.others = others;
    this.make = make;
  }

  M of(K key) {
    M meters = known.get(key);
    if (meters != null) {
      return meters;
    }
    return labelled.get() >= most ? others : known.computeIfAbsent(key, this::made);
  }

  private M made(K key) {
    return labelled.getAndIncrement() < most ? make.apply(key) : others;
  }

  M others() {
    return others;
  }
}
