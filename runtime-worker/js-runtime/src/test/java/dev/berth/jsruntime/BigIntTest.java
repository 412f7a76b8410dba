package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonArray;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cannot be interrupted is refused before it begins; numbers that people use work.
class BigIntTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(3n ** (2n ** 26n)).toString()",
        "(3n ** (2n ** 22n)).toString()",
        "(-2n) ** (2n ** 30n)",
        "(1n << (2n ** 30n)).toString()",
        "1n << 262145n",
        "1n >> -(2n ** 30n)",
        "let a = 1n; a <<= 2n ** 25n",
        "let a = 7n; a **= 2n ** 25n",
        "let a = 7n; for (;;) a *= a",
        "let a = 7n; for (;;) a = a ** 2n",
        "let a = 1n << 262100n; for (;;) a = a + a",
        "let a = 1n; for (;;) a <<= 1000n",
        "BigInt('9'.repeat(3e6))",
        "BigInt('-' + '9'.repeat(3e6))",
        "BigInt('  ' + '9'.repeat(3e6) + ' ')",
        "BigInt('0x' + 'f'.repeat(5e6)).toString(10)",
        "BigInt('0o' + '7'.repeat(5e6))",
        "BigInt('0b' + '1'.repeat(5e6))",
        "Object(BigInt('9'.repeat(3e6)))",
        "BigInt({ valueOf() { return '9'.repeat(3e6); } })",
        "BigInt.asUintN(2 ** 30, -1n)",
        "BigInt.asUintN(2 ** 52, -1n)",
        "BigInt.asUintN(64, '9'.repeat(3e6))",
        "new BigInt64Array(1)[0] = '9'.repeat(3e6)",
        "BigInt64Array.of('9'.repeat(3e6))",
        "new BigUint64Array(['9'.repeat(3e6)])",
        "new DataView(new ArrayBuffer(8)).setBigInt64(0, '9'.repeat(3e6))",
        "1n == '9'.repeat(3e6)",
        "1n < '9'.repeat(3e6)",
        "'9'.repeat(3e6) >= 1n",
        "Number('0x' + 'f'.repeat(5e6))",
        "+('0b' + '1'.repeat(5e6))",
        "BigInt('9'.repeat(78000)).toLocaleString()",
        "new Intl.NumberFormat('en').format(BigInt('9'.repeat(78000)))",
        "new Intl.NumberFormat('en').format('9'.repeat(1e6))",
        "new Intl.NumberFormat('en').format('1e100000000')",
        "new Intl.NumberFormat('en').formatRange(1, '9'.repeat(1e6))",
        "eval('3n ** (2n ** 26n)')",
        "new Function('a', 'return 3n ** a')(2n ** 26n)",
        "[...(function* () { yield 3n ** (2n ** 26n); })()]",
        "((a = 3n ** (2n ** 26n)) => a)()",
      })
  void aNumberThatIsTooLargeIsARangeError(String code) {
    app.function(
        "main",
        "exports = () => { try { " + code + "; return 'fine'; } catch (e) { return '' + e; } };");
    app.function("fine", "exports = () => 1;");

    String caught = app.returned("main").asString().getValue();

    assertThat(caught).isEqualTo("RangeError: Maximum BigInt size exceeded");
    assertThat(app.returned("fine")).isEqualTo(new BsonInt32(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'9'.repeat(2e5)", "'9'.repeat(2e5) + 'n'", "'0x' + 'f'.repeat(2e5) + 'n'"})
  void aLiteralThatIsTooLongIsNoNumber(String literal) {
    app.function(
        "main", "exports = () => { try { eval(" + literal + "); } catch (e) { return '' + e; } };");

    assertThat(app.returned("main"))
        .isEqualTo(new BsonString("SyntaxError: the number is too long"));
  }

  @Test
  void textThatIsNoNumberIsNoneHoweverLong() {
    app.function(
        "main",
        """
        exports = () => {
          const text = '9'.repeat(3e6) + 'x';
          let name;
          try { BigInt(text); } catch (e) { name = e.name; }
          return [1n == text, 1n < text, name, BigInt(' '.repeat(1e6)) === 0n, 1n == 'x'.repeat(1e6)];
        };
        """);

    assertThat(app.returned("main"))
        .isEqualTo(BsonArray.parse("[false, false, 'SyntaxError', true, false]"));
  }

  @Test
  void numbersThatPeopleUseWork() {
    app.function(
        "main",
        """
        exports = () => {
          let factorial = 1n;
          for (let i = 1n; i <= 1000n; i++) factorial *= i;
          const power = (base, exponent, modulus) => {
            let result = 1n;
            for (base %= modulus; exponent > 0n; exponent >>= 1n, base = base * base % modulus) {
              if (exponent & 1n) result = result * base % modulus;
            }
            return result;
          };
          const modulus = 2n ** 2048n - 1942289n;
          const large = '9'.repeat(78000);
          return [
            factorial.toString().length,
            (2n ** 4096n).toString(16).length,
            power(3n, modulus - 1n, modulus) > 0n,
            BigInt(large).toString() === large,
            (12345678901234567890n).toLocaleString('en'),
          ];
        };
        """);

    assertThat(app.returned("main"))
        .isEqualTo(BsonArray.parse("[2568, 1025, true, true, '12,345,678,901,234,567,890']"));
  }
}
