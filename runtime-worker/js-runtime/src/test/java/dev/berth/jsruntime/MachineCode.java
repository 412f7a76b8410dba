package dev.berth.jsruntime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.consumer.RecordingStream;

/// Which functions of JavaScript the engine has turned into machine code since this was made, as
/// the engine itself reports it.
final class MachineCode implements AutoCloseable {

  private final Set<String> functions = ConcurrentHashMap.newKeySet();
  private final RecordingStream events = new RecordingStream();

  MachineCode() {
    events.onEvent(
        "jdk.graal.compiler.truffle.Compilation",
        event -> {
          if (event.getBoolean("success")) {
            functions.add(event.getString("rootFunction"));
          }
        });
    events.startAsync();
  }

  boolean of(String function) {
    return functions.contains(function);
  }

  @Override
  public void close() {
    events.close();
  }

  @Override
  public String toString() {
    return functions.toString();
  }
}
