package dev.berth.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;

/// The process that a class belongs to, where it belongs to one.
final class Processes implements SliceAssignment {

  private static final Map<String, String> BY_MODULE =
      Map.of(
          "gateway", "gateway",
          "worker", "runtime-worker",
          "jsruntime", "runtime-worker",
          "controlplane", "control-plane");

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    String[] parts = type.getPackageName().split("\\.", -1);
    String process = parts.length < 3 ? null : BY_MODULE.get(parts[2]);
    return process == null ? SliceIdentifier.ignore() : SliceIdentifier.of(process);
  }

  @Override
  public String getDescription() {
    return "processes";
  }
}
