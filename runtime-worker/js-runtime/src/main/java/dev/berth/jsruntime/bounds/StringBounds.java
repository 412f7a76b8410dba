package dev.berth.jsruntime.bounds;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Bounds the strings that the engine builds without a look at its own limit: `replaceAll`,
/// `encodeURIComponent`, `normalize` and the like make much out of little. What takes strings
/// apart or puts them together piece by piece, such as `split` and `JSON`, can be interrupted at
/// each piece.
final class StringBounds {

  private static final String RUNTIME = "com.oracle.truffle.js.runtime";
  private static final String JSON = "com.oracle.truffle.js.builtins.json";
  private static final String BUILDER = "Lcom/oracle/truffle/api/strings/TruffleStringBuilder";

  private static final ClassDesc STRINGS = ClassDesc.of(RUNTIME, "Strings");
  private static final ClassDesc ERRORS = ClassDesc.of(RUNTIME, "Errors");
  private static final ClassDesc ERROR = ClassDesc.of(RUNTIME, "JSException");
  private static final ClassDesc UTF16_BUILDER =
      ClassDesc.of("com.oracle.truffle.api.strings", "TruffleStringBuilderUTF16");

  /// What one character can become in a normal form.
  private static final int NORMALIZED_CHARACTERS = 18;

  private static final int JSON_DEPTH_OF_THE_ENGINE = 100_000;

  private StringBounds() {}

  static List<EngineClass> classes() {
    return List.of(
        new EngineClass(RUNTIME + ".Strings")
            .atStartOf("parseBigInteger(", BigIntBounds::checkNumberText)
            .atStartOf("lazySubstring(", EngineClass::poll)
            .atStartOf("substring(", EngineClass::poll)
            .atStartOf("builderAppend(" + BUILDER + "UTF16;", code -> checkBuilder(code, 0))
            .atStartOf("builderAppend(" + BUILDER + "$", code -> checkBuilder(code, 1))
            .beside(RUNTIME + ".JSConfig"),
        new EngineClass(JSON + ".TruffleJSONParser")
            .atStartOf("parseJSONValue(", EngineClass::poll)
            .in("incDepth(", StringBounds::lowerDepth)
            .beside(JSON + ".JSONParseRecord"),
        new EngineClass(JSON + ".NashornJSONParser")
            .atStartOf("parseLiteral(", EngineClass::poll)
            .beside(JSON + ".JSONParseRecord"),
        new EngineClass(
                "com.oracle.truffle.js.builtins.StringPrototypeBuiltins$JSStringNormalizeNode")
            .atStartOf("doNormalize(", StringBounds::checkNormalized)
            .beside("com.oracle.truffle.js.builtins.StringPrototypeBuiltins$JSStringOperation"));
  }

  private static void checkBuilder(CodeBuilder code, int slot) {
    EngineClass.poll(code);
    code.aload(slot)
        .invokestatic(STRINGS, "builderLength", MethodTypeDesc.of(CD_int, UTF16_BUILDER))
        .loadConstant(ValueBounds.STRING_CHARACTERS)
        .ifThen(Opcode.IF_ICMPGT, StringBounds::refuse);
  }

  private static void checkNormalized(CodeBuilder code) {
    code.aload(0)
        .invokevirtual(CD_String, "length", MethodTypeDesc.of(CD_int))
        .loadConstant(ValueBounds.STRING_CHARACTERS / NORMALIZED_CHARACTERS)
        .ifThen(Opcode.IF_ICMPGT, StringBounds::refuse);
  }

  private static void refuse(CodeBuilder code) {
    code.invokestatic(ERRORS, "createRangeErrorInvalidStringLength", MethodTypeDesc.of(ERROR))
        .athrow();
  }

  private static void lowerDepth(CodeBuilder code, CodeElement element) {
    if (element instanceof ConstantInstruction constant
        && constant.constantValue() instanceof Integer depth
        && depth == JSON_DEPTH_OF_THE_ENGINE) {
      code.loadConstant(ValueBounds.JSON_DEPTH);
    } else {
      code.with(element);
    }
  }
}
