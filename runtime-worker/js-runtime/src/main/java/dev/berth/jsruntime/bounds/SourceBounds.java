package dev.berth.jsruntime.bounds;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Bounds the source that app code may evaluate: through `eval`, direct or not, and through the
/// constructors of functions. Parsing cannot be interrupted and takes many times the memory of
/// the source.
final class SourceBounds {

  private static final String PARSER = "com.oracle.truffle.js.parser";
  private static final ClassDesc SOURCE = ClassDesc.of("com.oracle.truffle.api.source", "Source");
  private static final ClassDesc ERRORS = ClassDesc.of("com.oracle.truffle.js.runtime", "Errors");
  private static final ClassDesc ERROR =
      ClassDesc.of("com.oracle.truffle.js.runtime", "JSException");

  private SourceBounds() {}

  static List<EngineClass> classes() {
    return List.of(
        new EngineClass(PARSER + ".GraalJSEvaluator")
            .atStartOf(
                "parseEval(Lcom/oracle/truffle/js/runtime/JSContext;"
                    + "Lcom/oracle/truffle/api/nodes/Node;Lcom/oracle/truffle/api/source/Source;Z",
                SourceBounds::checkSource)
            .atStartOf(
                "parseFunction(Lcom/oracle/truffle/js/runtime/JSContext;"
                    + "Ljava/lang/String;Ljava/lang/String;",
                SourceBounds::checkFunction)
            .beside(PARSER + ".DirectEvalContext"));
  }

  /// `parseEval(context, node, source, …)`, which is static
  private static void checkSource(CodeBuilder code) {
    code.aload(2).invokevirtual(SOURCE, "getLength", MethodTypeDesc.of(CD_int));
    refuseIfLarge(code);
  }

  /// `parseFunction(context, parameters, body, …)`
  private static void checkFunction(CodeBuilder code) {
    code.aload(2)
        .invokevirtual(CD_String, "length", MethodTypeDesc.of(CD_int))
        .aload(3)
        .invokevirtual(CD_String, "length", MethodTypeDesc.of(CD_int))
        .iadd();
    refuseIfLarge(code);
  }

  private static void refuseIfLarge(CodeBuilder code) {
    code.loadConstant(ValueBounds.EVALUATED_CHARACTERS)
        .ifThen(
            Opcode.IF_ICMPGT,
            large ->
                large
                    .loadConstant(
                        "the source is longer than "
                            + ValueBounds.EVALUATED_CHARACTERS
                            + " characters")
                    .invokestatic(ERRORS, "createRangeError", MethodTypeDesc.of(ERROR, CD_String))
                    .athrow());
  }
}
