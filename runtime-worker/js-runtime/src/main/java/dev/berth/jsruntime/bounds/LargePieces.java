package dev.berth.jsruntime.bounds;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Lets what takes most memory in the shortest time ask for room first, see [HeapRoom]: buffers,
/// and the repetition of strings. All else grows by steps that the watchdog can follow.
final class LargePieces {

  private static final String RUNTIME = "com.oracle.truffle.js.runtime";
  private static final String BUILT_INS = "com.oracle.truffle.js.builtins.StringPrototypeBuiltins";

  private static final ClassDesc ROOM = ClassDesc.of(HeapRoom.class.getName());
  private static final ClassDesc STRINGS = ClassDesc.of(RUNTIME, "Strings");
  private static final ClassDesc TEXT =
      ClassDesc.of("com.oracle.truffle.api.strings", "TruffleString");
  private static final ClassDesc CONTEXT = ClassDesc.of(RUNTIME, "JSContext");
  private static final ClassDesc REALM = ClassDesc.of(RUNTIME, "JSRealm");
  private static final ClassDesc OBJECT = ClassDesc.of(RUNTIME + ".objects", "JSDynamicObject");
  private static final ClassDesc BUFFER =
      ClassDesc.of(RUNTIME + ".builtins", "JSArrayBufferObject");

  private static final ClassDesc MATH = ClassDesc.of("java.lang", "Math");
  private static final MethodTypeDesc MAX = MethodTypeDesc.of(CD_int, CD_int, CD_int);

  private static final String CREATE_BUFFER = "createArrayBuffer";

  /// Slots of `repeat`, where the repetition is about to begin.
  private static final int REPEATED = 6;

  private static final int TIMES = 10;

  private LargePieces() {}

  static List<EngineClass> classes() {
    return List.of(
        new EngineClass(RUNTIME + ".builtins.JSArrayBuffer")
            .atStartOf(
                CREATE_BUFFER
                    + MethodTypeDesc.of(BUFFER, CONTEXT, REALM, CD_int).descriptorString(),
                code -> ask(code.iload(2)))
            .atStartOf(
                CREATE_BUFFER
                    + MethodTypeDesc.of(BUFFER, CONTEXT, REALM, OBJECT, CD_int, CD_int)
                        .descriptorString(),
                code -> ask(code.iload(3).iload(4).invokestatic(MATH, "max", MAX)))
            .beside(RUNTIME + ".builtins.JSConstructor"),
        new EngineClass(BUILT_INS + "$JSStringRepeatNode")
            .in("repeat(", LargePieces::askBeforeRepeating)
            .beside(BUILT_INS + "$JSStringOperation"));
  }

  /// Asks for as many bytes as lie on the stack, when these are many.
  private static void ask(CodeBuilder code) {
    code.dup()
        .loadConstant(HeapRoom.LARGE_BYTES)
        .ifThenElse(
            Opcode.IF_ICMPGE,
            large -> large.invokestatic(ROOM, "awaitFor", MethodTypeDesc.of(CD_void, CD_int)),
            CodeBuilder::pop);
  }

  /// A character takes two bytes at most; how many all take was checked before.
  private static void askBeforeRepeating(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call
        && call.name().equalsString("execute")
        && call.owner().asInternalName().endsWith("$RepeatNode")) {
      code.aload(REPEATED)
          .invokestatic(STRINGS, "length", MethodTypeDesc.of(CD_int, TEXT))
          .iload(TIMES)
          .imul()
          .iconst_2()
          .imul();
      ask(code);
    }
    code.with(element);
  }
}
