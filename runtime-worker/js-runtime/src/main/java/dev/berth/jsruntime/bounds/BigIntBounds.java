package dev.berth.jsruntime.bounds;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Bounds the size of a `BigInt`, because nothing can interrupt what computes with one.
///
/// Every `BigInt` is an object of one class, and its constructor checks the size; what could take
/// long or much before there is an object is checked before it begins.
final class BigIntBounds {

  private static final String RUNTIME = "com.oracle.truffle.js.runtime";
  private static final String INTL = "com.oracle.truffle.js.nodes.intl";
  private static final String PARSER = "com.oracle.js.parser";

  private static final ClassDesc BIG_INT = ClassDesc.of(RUNTIME, "BigInt");
  private static final ClassDesc BIG_INTEGER = ClassDesc.of("java.math", "BigInteger");
  private static final ClassDesc ERRORS = ClassDesc.of(RUNTIME, "Errors");
  private static final ClassDesc ERROR = ClassDesc.of(RUNTIME, "JSException");
  private static final ClassDesc STRINGS = ClassDesc.of(RUNTIME, "Strings");
  private static final ClassDesc TEXT =
      ClassDesc.of("com.oracle.truffle.api.strings", "TruffleString");
  private static final ClassDesc NO_NUMBER = ClassDesc.of("java.lang", "NumberFormatException");
  private static final ClassDesc SYNTAX = ClassDesc.of(PARSER, "ParserException");

  private static final int BITS = ValueBounds.BIGINT_BITS;

  /// No text of at most so many characters stands for a larger number.
  private static final int SHORT = BITS / 4;

  private static final int DECIMAL_DIGITS = (int) (BITS * Math.log10(2)) + 1;

  /// What a longer text must be to be read: a number that may be within the bound.
  private static final String FITS =
      "|[+-]?[0-9]{1,"
          + DECIMAL_DIGITS
          + "}|0[xX][0-9a-fA-F]{1,"
          + BITS / 4
          + "}|0[oO][0-7]{1,"
          + (BITS + 2) / 3
          + "}|0[bB][01]{1,"
          + BITS
          + "}";

  private static final String NUMBER = "[+-]?[0-9]++|0[xX][0-9a-fA-F]++|0[oO][0-7]++|0[bB][01]++";

  /// `Intl` takes a time that grows with the square of the digits, and much of it.
  private static final int FORMATTED_BITS = 1 << 14;

  /// A text that `Intl` would take too long to read: one with many digits, or that stands for
  /// one.
  private static final String NOT_FORMATTED = "(?s).{5000,}|.*[eE][+-]?0*[1-9][0-9]{3,}\\s*";

  private BigIntBounds() {}

  static List<EngineClass> classes() {
    return List.of(
        new EngineClass(RUNTIME + ".BigInt")
            .atStartOf("<init>(Ljava/math/BigInteger;Z)", BigIntBounds::checkSize)
            .atStartOf("pow(I)", BigIntBounds::checkPower)
            .atStartOf("shiftLeft(I)", BigIntBounds::checkShift)
            .atStartOf("parseBigInteger(", BigIntBounds::checkText)
            .beside(RUNTIME + ".JSConfig"),
        new EngineClass(RUNTIME + ".builtins.intl.JSNumberFormat")
            .atStartOf("toInternalNumberRepresentation(", BigIntBounds::checkFormatted)
            .beside(RUNTIME + ".builtins.intl.AbstractInternalState"),
        new EngineClass(INTL + ".ToIntlMathematicalValue")
            .atStartOf("doBigInt(", code -> checkFormattedBits(code, 1))
            .atStartOf("parseStringNumericLiteral(", BigIntBounds::checkFormattedText)
            .beside(INTL + ".CoerceOptionsToObjectNode"),
        new EngineClass(PARSER + ".Lexer")
            .atStartOf("valueOf(Ljava/lang/String;I)", BigIntBounds::checkLiteral)
            .atStartOf("valueOfBigInt(", BigIntBounds::checkLiteral)
            .beside(PARSER + ".ParserException"));
  }

  /// `new BigInt(value, foreign)`
  private static void checkSize(CodeBuilder code) {
    code.aload(1)
        .invokevirtual(BIG_INTEGER, "bitLength", MethodTypeDesc.of(CD_int))
        .loadConstant(BITS)
        .ifThen(Opcode.IF_ICMPGT, BigIntBounds::refuse);
  }

  /// `value.pow(exponent)`, whose result has at least `(bits - 1) * exponent` bits
  private static void checkPower(CodeBuilder code) {
    code.aload(0)
        .getfield(BIG_INT, "value", BIG_INTEGER)
        .invokevirtual(BIG_INTEGER, "abs", MethodTypeDesc.of(BIG_INTEGER))
        .invokevirtual(BIG_INTEGER, "bitLength", MethodTypeDesc.of(CD_int))
        .iconst_1()
        .isub()
        .i2l()
        .iload(1)
        .i2l()
        .lmul()
        .loadConstant((long) BITS)
        .lcmp()
        .ifThen(Opcode.IFGT, BigIntBounds::refuse);
  }

  /// `value.shiftLeft(bits)`
  private static void checkShift(CodeBuilder code) {
    code.iload(1).loadConstant(BITS).ifThen(Opcode.IF_ICMPGT, BigIntBounds::refuse);
  }

  /// `parseBigInteger(text)`: reading takes a time that grows with the square of the length
  private static void checkText(CodeBuilder code) {
    code.aload(0)
        .invokevirtual(CD_String, "length", MethodTypeDesc.of(CD_int))
        .loadConstant(SHORT)
        .ifThen(Opcode.IF_ICMPGT, BigIntBounds::checkLongText);
  }

  private static void checkLongText(CodeBuilder code) {
    code.aload(0)
        .invokevirtual(CD_String, "trim", MethodTypeDesc.of(CD_String))
        .astore(0)
        .aload(0)
        .loadConstant(FITS)
        .invokevirtual(CD_String, "matches", MethodTypeDesc.of(CD_boolean, CD_String))
        .ifThen(
            Opcode.IFEQ,
            doesNotFit ->
                doesNotFit
                    .aload(0)
                    .loadConstant(NUMBER)
                    .invokevirtual(CD_String, "matches", MethodTypeDesc.of(CD_boolean, CD_String))
                    .ifThen(Opcode.IFNE, BigIntBounds::refuse)
                    .new_(NO_NUMBER)
                    .dup()
                    .invokespecial(NO_NUMBER, "<init>", MethodTypeDesc.of(CD_void))
                    .athrow());
  }

  /// `Strings.parseBigInteger(text, radix)`, for a `Number` written in hexadecimal digits
  static void checkNumberText(CodeBuilder code) {
    code.aload(0)
        .invokestatic(STRINGS, "length", MethodTypeDesc.of(CD_int, TEXT))
        .loadConstant(SHORT)
        .ifThen(Opcode.IF_ICMPGT, BigIntBounds::refuse);
  }

  /// `toInternalNumberRepresentation(value)`
  private static void checkFormatted(CodeBuilder code) {
    code.aload(0).instanceOf(BIG_INT).ifThen(isBigInt -> checkFormattedBits(isBigInt, 0));
  }

  private static void checkFormattedBits(CodeBuilder code, int slot) {
    code.aload(slot)
        .checkcast(BIG_INT)
        .invokevirtual(BIG_INT, "bitLength", MethodTypeDesc.of(CD_int))
        .loadConstant(FORMATTED_BITS)
        .ifThen(Opcode.IF_ICMPGT, BigIntBounds::refuse);
  }

  /// `parseStringNumericLiteral(text)`
  private static void checkFormattedText(CodeBuilder code) {
    code.aload(0)
        .loadConstant(NOT_FORMATTED)
        .invokevirtual(CD_String, "matches", MethodTypeDesc.of(CD_boolean, CD_String))
        .ifThen(Opcode.IFNE, BigIntBounds::refuse);
  }

  /// A number in a source
  private static void checkLiteral(CodeBuilder code) {
    code.aload(0)
        .invokevirtual(CD_String, "length", MethodTypeDesc.of(CD_int))
        .loadConstant(SHORT)
        .ifThen(
            Opcode.IF_ICMPGT,
            tooLong ->
                tooLong
                    .new_(SYNTAX)
                    .dup()
                    .loadConstant("the number is too long")
                    .invokespecial(SYNTAX, "<init>", MethodTypeDesc.of(CD_void, CD_String))
                    .athrow());
  }

  private static void refuse(CodeBuilder code) {
    code.invokestatic(ERRORS, "createRangeErrorBigIntMaxSizeExceeded", MethodTypeDesc.of(ERROR))
        .athrow();
  }
}
