package dev.berth.jsruntime.bounds;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Bounds the elements of an array that is stored in one piece. The engine has such a bound, the
/// length of the longest Java array, compiled in as a constant; ours is lower.
final class ArrayBounds {

  private static final String RUNTIME = "com.oracle.truffle.js.runtime";
  private static final String ACCESS = "com.oracle.truffle.js.nodes.access";
  private static final ClassDesc ERRORS = ClassDesc.of(RUNTIME, "Errors");
  private static final ClassDesc ERROR = ClassDesc.of(RUNTIME, "JSException");

  private static final ClassDesc NODE = ClassDesc.of("com.oracle.truffle.api.nodes", "Node");

  private static final long BOUND_OF_THE_ENGINE = Integer.MAX_VALUE - 8;

  private ArrayBounds() {}

  static List<EngineClass> classes() {
    return List.of(
        // In this order: to link the second loads the first.
        new EngineClass(RUNTIME + ".array.SparseArray")
            .atStartOf("setElementImpl(", EngineClass::poll)
            .beside(RUNTIME + ".array.ArrayAllocationSite"),
        new EngineClass(RUNTIME + ".array.dyn.AbstractWritableArray")
            .in("ensureCapacity(", ArrayBounds::lower)
            .beside(RUNTIME + ".array.dyn.AbstractConstantArray"),
        new EngineClass(RUNTIME + ".util.SimpleArrayList")
            .in("ensureCapacityIntl(", ArrayBounds::lower)
            .atStartOf("add", EngineClass::poll)
            .beside(RUNTIME + ".util.Pair"),
        // What walks over the elements: `indexOf` looks at each of four billion holes.
        new EngineClass(ACCESS + ".ForEachIndexCallNode")
            .atStartOf("getElement(", EngineClass::poll)
            .atStartOf("readElementInBounds(", EngineClass::poll)
            .atStartOf("hasProperty(", EngineClass::poll)
            .beside(ACCESS + ".ForEachIndexCallNode$MaybeResult"));
  }

  private static void lower(CodeBuilder code, CodeElement element) {
    switch (element) {
      case ConstantInstruction constant
          when constant.constantValue() instanceof Integer value && value == BOUND_OF_THE_ENGINE ->
          code.loadConstant(ValueBounds.ARRAY_ELEMENTS);
      case ConstantInstruction constant
          when constant.constantValue() instanceof Long value && value == BOUND_OF_THE_ENGINE ->
          code.loadConstant((long) ValueBounds.ARRAY_ELEMENTS);
      case InvokeInstruction call when call.name().equalsString("outOfMemoryError") ->
          code.aconst_null()
              .invokestatic(
                  ERRORS, "createRangeErrorInvalidArrayLength", MethodTypeDesc.of(ERROR, NODE));
      default -> code.with(element);
    }
  }
}
