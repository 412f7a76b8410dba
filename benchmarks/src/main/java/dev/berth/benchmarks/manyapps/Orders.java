package dev.berth.benchmarks.manyapps;

import dev.berth.benchmarks.ChildServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// What a server is told on its standard input: one order a line, answered with a line. `heap` is
/// one that every server knows.
final class Orders {

  private Orders() {}

  /// Obeys on a thread of its own until the input ends, and the process with it.
  ///
  /// @param answer the answer to an order, which is given as its words
  static void obey(Function<String[], String> answer) {
    Thread.ofPlatform().name("orders").start(() -> read(answer));
  }

  private static void read(Function<String[], String> answer) {
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        String text =
            line.equals("heap")
                ? String.valueOf(liveHeapBytes())
                : answer.apply(line.split(" ", -1));
        System.out.println(ChildServer.ANSWER + text);
      }
    } catch (IOException e) {
      System.err.println("no more orders: " + e);
    }
    // Whoever gave them is gone.
    System.exit(0);
  }

  /// What survives a full collection. The second one takes what the first one only finalised.
  private static long liveHeapBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
