package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppValue;
import dev.berth.invocation.Outcome;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `utils.jwt`, with every value that the original's documentation shows.
class UtilsJwtTest {

  /// The documentation shows this token; its name claim is not the one of the text around it.
  private static final String TOKEN =
      "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvZSBTY2htb2UiLCJpYXQiOjE1NjU3MjEyMjMxODd9.-QL15ldu2BYuJokNWT6YRiwZQIiIpvq6Kyv-C6qslNdNiUVxo8zqLJZ1iEkNf2yZKMIrQuMCtIC1tzd2H31AxA";

  private static final KeyPair RSA = keys("RSA", 2048);
  private static final KeyPair P256 = keys("EC", 256);
  private static final KeyPair P384 = keys("EC", 384);
  private static final KeyPair P521 = keys("EC", 521);

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void value(String name, String value) {
    app.value(new AppValue.Plain(name, new BsonString(value)));
  }

  private Outcome outcome(String expression) {
    value("token", TOKEN);
    value("rsaPrivate", TestPem.privateKey(RSA.getPrivate()));
    value("rsaPublic", TestPem.publicKey(RSA.getPublic()));
    value("p256Private", TestPem.privateKey(P256.getPrivate()));
    value("p256Public", TestPem.publicKey(P256.getPublic()));
    app.function(
        "main",
        "const value = (name) => context.values.get(name);\nexports = () => " + expression + ";");
    return app.call("main");
  }

  private BsonValue evaluated(String expression) {
    Outcome outcome = outcome(expression);
    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
    return ((Outcome.Returned) outcome).value();
  }

  @Test
  void theTokenOfTheDocumentationIsEncoded() {
    assertThat(
            evaluated(
                "utils.jwt.encode('HS512', { sub: '1234567890', name: 'Joe Schmoe', iat: 1565721223187 }, 'SuperSecret')"))
        .isEqualTo(new BsonString(TOKEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", false", ", false, ['HS512']", ", undefined, ['HS256', 'HS512']"})
  void theTokenOfTheDocumentationIsDecoded(String more) {
    assertThat(evaluated("utils.jwt.decode(value('token'), 'SuperSecret'" + more + ")"))
        .isEqualTo(
            BsonDocument.parse(
                "{sub: '1234567890', name: 'Joe Schmoe', iat: {$numberLong: '1565721223187'}}"));
  }

  @Test
  void theHeaderComesWithThePayloadWhenAskedFor() {
    assertThat(
            evaluated(
                "utils.jwt.decode(utils.jwt.encode('HS256', { a: 'ü' }, 'k', { kid: '7', alg: 'none' }), 'k', true)"))
        .isEqualTo(
            BsonDocument.parse(
                "{header: {alg: 'HS256', typ: 'JWT', kid: '7'}, payload: {a: 'ü'}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
        "ES384", "ES512"
      })
  void everyMethodSignsAndVerifies(String method) {
    KeyPair pair =
        switch (method) {
          case "ES256" -> P256;
          case "ES384" -> P384;
          case "ES512" -> P521;
          default -> RSA;
        };
    boolean isShared = method.startsWith("HS");
    value("private", isShared ? "shared" : TestPem.privateKey(pair.getPrivate()));
    value("public", isShared ? "shared" : TestPem.publicKey(pair.getPublic()));

    BsonValue result =
        evaluated(
            """
            (() => {
              const token = utils.jwt.encode('%s', { a: 1 }, value('private'));
              const [header, payload, signature] = token.split('.');
              const refused = (token) => { try { utils.jwt.decode(token, value('public')); return false; } catch { return true; } };
              const { a } = utils.jwt.decode(token, value('public'), false, ['%s']);
              const swapped = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1);
              return a === 1 && /^[\\w-]+$/.test(signature) && refused(header + '.' + payload + '.' + swapped)
                && refused(header + '.' + payload + 'A.' + signature) && refused(header + '.' + payload + '.');
            })()"""
                .formatted(method, method));

    assertThat(result).isEqualTo(BsonBoolean.TRUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // One who knows only the public key signs with it as if it were a shared secret.
        "utils.jwt.encode('HS256', {}, value('rsaPublic')) | utils.jwt.encode: HS256 takes a random string as its key, and no PEM text",
        "utils.jwt.decode(utils.jwt.encode('HS256', {}, 'x'), value('rsaPublic')) | utils.jwt.decode: HS256 takes a random string as its key, and no PEM text",
        "utils.jwt.decode('eyJhbGciOiJub25lIn0.e30.', 'x') | utils.jwt.decode: the signing method must be HS, RS, PS or ES with 256, 384 or 512, such as HS256",
        "utils.jwt.decode('eyJhbGciOiJub25lIn0.e30.', 'x', false, ['none']) | utils.jwt.decode: the signing method must be HS, RS, PS or ES with 256, 384 or 512, such as HS256",
        "utils.jwt.encode('none', {}, 'x') | utils.jwt.encode: the signing method must be HS, RS, PS or ES with 256, 384 or 512, such as HS256",
        "utils.jwt.decode(value('token'), 'SuperSecret', false, ['HS256']) | utils.jwt.decode: the signing method of the token is not an accepted one",
        "utils.jwt.decode(value('token'), 'SuperSecret', false, 'HS512') | utils.jwt.decode: the accepted signing methods must be an array of strings",
        "utils.jwt.decode(value('token'), 'hunter2') | utils.jwt.decode: the signature of the token is not valid",
        "utils.jwt.decode(value('token'), '') | utils.jwt.decode: the key is empty",
        "utils.jwt.decode('a.b', 'x') | utils.jwt.decode: the text is no JSON Web Token",
        "utils.jwt.decode('a.b.c', 'x') | utils.jwt.decode: the text is no JSON Web Token",
        "utils.jwt.decode('bnVsbA.e30.', 'x') | utils.jwt.decode: the text is no JSON Web Token",
        "utils.jwt.decode(5, 'x') | utils.jwt.decode: the token must be a string",
        "utils.jwt.encode('HS256', 'text', 'x') | utils.jwt.encode: the payload must be an object",
        "utils.jwt.encode('HS256', {}) | utils.jwt.encode: the secret must be a string",
        "utils.jwt.encode('HS256', {}, 'x', 'y') | utils.jwt.encode: the custom header fields must be an object",
        "utils.jwt.encode('RS256', {}, value('rsaPublic')) | utils.jwt.encode: the key must begin with -----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----, not with -----BEGIN PUBLIC KEY-----",
        "utils.jwt.encode('RS256', {}, value('p256Private')) | utils.jwt.encode: the key cannot be read",
        "utils.jwt.encode('ES384', {}, value('p256Private')) | utils.jwt.encode: the key is not one for the curve P-384",
        "utils.jwt.encode('ES256', {}, value('rsaPrivate')) | utils.jwt.encode: the key cannot be read",
        "utils.jwt.decode(utils.jwt.encode('RS256', {}, value('rsaPrivate')), 'x') | utils.jwt.decode: the key is not PEM text, which has a line -----BEGIN …-----",
      })
  void aMistakeIsSaidInASentenceWithoutTheKey(String expression, String message) {
    assertThat(outcome(expression)).isEqualTo(new Outcome.Threw("FunctionExecutionError", message));
    assertThat(message).doesNotContain("hunter2");
  }
}
