package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppValue;
import dev.berth.invocation.Outcome;
import java.util.Base64;
import org.bson.BsonBoolean;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `utils.crypto`, with every value that the original's documentation shows.
class UtilsCryptoTest {

  /// The private key of the documentation.
  private static final String PRIVATE_KEY =
      """
      -----BEGIN RSA PRIVATE KEY-----
      MIICXAIBAAKBgQDVsEjse2qO4v3p8RM/q8Rqzloc1lee34yoYuKZ2cemuUu8Jpc7
      KFO1+aJpXdbSPZNhGLdANn8f2oMIZ1R9hgEJRn/Qm/YyC4RPTGg55nzHqSlziNZJ
      JAyEUyU7kx5+Kb6ktgojhk8ocZRkorM8FEylkrKzgSrfay0PcWHPsKlmeQIDAQAB
      AoGAHlVK1L7kLmpMbuP4voYMeLjYE9XdVEEZf2GiFwLSE3mkJY44033y/Bb2lgxr
      DScOf675fFUAEK59ATlhxfu6s6rgx+g9qQQ+mL74YZWPqiZHBPjyMRaBalDVC4QF
      YJ+DopFcB8hY2ElXnbK70ALmVYNjw3RdmC97h0YfOsQcWW0CQQD18aeuPNicVnse
      Ku22vvhvQYlabaQh4xdkEIxz1TthZj48f61wZwEMipYqOAc5XEtDlNnxgeipv0yF
      RHstUjwXAkEA3m0Br/U/vC9evuXppWbONana08KLgfELyd3Uw9jG7VKJZTBH5mS8
      7CB68aEF8egrJpo8Ss8BkWrvCxYDb4Y77wJAUlbOMZozVtvpKidrIFR9Lho91uWA
      Hsw9h4W20AzibXBig7SnJ0uE4WMAdS/+0yhgFkceVCmO8E2YW8Gaj4jJjwJASxtg
      AHy+ItuUEL4uIW4Pn8tVW0BMP3qX0niXyfI/ag/+2S5uePv3V3y4RzNqgH83Yved
      +FziWKpVQdcTHeuj/QJBAJl1G3WFruk0llIoKKbKljaEiCm1WCTcuEPbdOtkJYvO
      9ZYQg/fji70FERkq2KHtY7aLhCHzy0d4n9xgE/pjV+I=
      -----END RSA PRIVATE KEY-----
      """;

  private static final String PUBLIC_KEY =
      """
      -----BEGIN RSA PUBLIC KEY-----
      MIGJAoGBANWwSOx7ao7i/enxEz+rxGrOWhzWV57fjKhi4pnZx6a5S7wmlzsoU7X5
      omld1tI9k2EYt0A2fx/agwhnVH2GAQlGf9Cb9jILhE9MaDnmfMepKXOI1kkxDIRT
      JTuTHn4pvqS2CiOGTyhxlGSiszwUTKWSsrOBKt9rLQ9xYc+wqWZ5AgMBAAE=
      -----END RSA PUBLIC KEY-----
      """;

  /// The one that belongs to the private key; the one of the documentation does not.
  private static final String MATCHING_KEY =
      """
      -----BEGIN RSA PUBLIC KEY-----
      MIGJAoGBANWwSOx7ao7i/enxEz+rxGrOWhzWV57fjKhi4pnZx6a5S7wmlzsoU7X5
      omld1tI9k2EYt0A2fx/agwhnVH2GAQlGf9Cb9jILhE9MaDnmfMepKXOI1kkkDIRT
      JTuTHn4pvqS2CiOGTyhxlGSiszwUTKWSsrOBKt9rLQ9xYc+wqWZ5AgMBAAE=
      -----END RSA PUBLIC KEY-----
      """;

  private final RunningApp app =
      new RunningApp()
          .value(text("aesEncryptionKey", "603082712271C525E087BD999A4E0738"))
          .value(text("rsaPrivateKey", PRIVATE_KEY))
          .value(text("documentedPublicKey", PUBLIC_KEY))
          .value(text("rsaPublicKey", MATCHING_KEY));

  @AfterEach
  void close() {
    app.close();
  }

  private static AppValue text(String name, String value) {
    return new AppValue.Plain(name, new BsonString(value));
  }

  private BsonValue evaluated(String expression) {
    app.function(
        "main",
        "const value = (name) => context.values.get(name);\nexports = () => " + expression + ";");
    return app.returned("main");
  }

  private String refusal(String expression) {
    app.function(
        "main",
        "const value = (name) => context.values.get(name);\nexports = () => " + expression + ";");
    return app.call("main") instanceof Outcome.Threw(_, String message) ? message : "no refusal";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Those of the documentation.
        "utils.crypto.hmac('hello!', 'super-secret', 'sha256', 'base64') | SUXd6PRMaTXXgBGaGsIHzaDWgTSa6C3D44lRGrvRak0=",
        "utils.crypto.hash('sha256', 'hello!').toBase64() | zgYJL7lI2f+sfRo3bkBLJrdXW8wR7gWkYV/vT+w6MIs=",
        "utils.crypto.decrypt('aes', BSON.Binary.fromBase64('WPBuIvJ6Bity43Uh822dW8QlVYVJaFUiDeUjlTiJXzptUuTYIKPlXekBQAJb'), value('aesEncryptionKey')).text() | MongoDB is great!",
        // RFC 2202, RFC 4231 and the usual digests of 'abc'.
        "utils.crypto.hmac('what do ya want for nothing?', 'Jefe', 'sha1', 'hex') | effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "utils.crypto.hmac('what do ya want for nothing?', 'Jefe', 'sha256', 'hex') | 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "utils.crypto.hmac('what do ya want for nothing?', 'Jefe', 'sha512', 'hex') | 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        "utils.crypto.hmac('', '', 'sha256', 'hex') | b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
        "utils.crypto.hash('sha1', 'abc').toHex() | a9993e364706816aba3e25717850c26c9cd0d89d",
        "utils.crypto.hash('md5', 'abc').toHex() | 900150983cd24fb0d6963f7d28e17f72",
        "utils.crypto.hash('md5', BSON.Binary.fromText('abc')).toHex() | 900150983cd24fb0d6963f7d28e17f72",
        "utils.crypto.hash('md5', new Uint8Array([97, 98, 99])).toHex() | 900150983cd24fb0d6963f7d28e17f72",
        "utils.crypto.hash('md5', BSON.Binary.fromHex('80ff')).toHex() | e224580aa65579130b9ea72fe66bbb34",
        "utils.crypto.hash('sha256', 'grüße').toHex() | 8285d1ad84c6b6e475d3b50dbf90389c8c7a07a278d9ae46d5698cbe872e3834",
      })
  void aKnownValueIsComputed(String expression, String expected) {
    assertThat(evaluated(expression)).isEqualTo(new BsonString(expected));
  }

  @Test
  void whatIsEncryptedDiffersEachTimeAndIsDecrypted() {
    BsonValue result =
        evaluated(
            """
            [16, 24, 32].map((length) => {
              const key = 'k'.repeat(length);
              const one = utils.crypto.encrypt('aes', 'grüße', key);
              const other = utils.crypto.encrypt('aes', 'grüße', key);
              return one instanceof BSON.Binary && one.length() === 12 + 7 + 16 && one.toHex() !== other.toHex()
                && utils.crypto.decrypt('aes', one, key).text() === 'grüße';
            }).every((fine) => fine)""");

    assertThat(result).isEqualTo(BsonBoolean.TRUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", 'pss'", ", 'pkcs1v15'"})
  void theKeyOfTheDocumentationSigns(String scheme) {
    BsonValue result =
        evaluated(
            """
            (() => {
              const signature = utils.crypto.sign('rsa', 'MongoDB is great!', value('rsaPrivateKey')%s);
              const verify = (message) => utils.crypto.verify('rsa', message, value('rsaPublicKey'), signature%s);
              return signature instanceof BSON.Binary && verify('MongoDB is great!') === true && verify('MongoDB is great') === false
                && utils.crypto.verify('rsa', 'MongoDB is great!', value('documentedPublicKey'), signature) === false;
            })()"""
                .formatted(scheme, scheme));

    assertThat(result).isEqualTo(BsonBoolean.TRUE);
  }

  @Test
  void aSignatureOfAnotherSchemeOrOfNoSenseIsNotValid() {
    BsonValue result =
        evaluated(
            """
            ['00', '', 'ff'.repeat(128), '00'.repeat(128), '01'.repeat(5000), utils.crypto.sign('rsa', 'm', value('rsaPrivateKey'), 'pkcs1v15').toHex()]
              .map((hex) => utils.crypto.verify('rsa', 'm', value('rsaPublicKey'), BSON.Binary.fromHex(hex), 'pss')).some((valid) => valid)""");

    assertThat(result).isEqualTo(BsonBoolean.FALSE);
  }

  @Test
  void aSignatureWithASaltOfAnotherLengthIsValid() throws java.security.GeneralSecurityException {
    var generator = java.security.KeyPairGenerator.getInstance("RSA");
    generator.initialize(1023);
    var pair = generator.generateKeyPair();
    var signer = java.security.Signature.getInstance("RSASSA-PSS");
    signer.setParameter(
        new java.security.spec.PSSParameterSpec(
            "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 94 - 32, 1));
    signer.initSign(pair.getPrivate());
    signer.update(new byte[] {'m'});
    String signature = Base64.getEncoder().encodeToString(signer.sign());
    app.value(text("other", TestPem.publicKey(pair.getPublic())));

    assertThat(
            evaluated(
                "utils.crypto.verify('rsa', 'm', value('other'), BSON.Binary.fromBase64('"
                    + signature
                    + "'))"))
        .isEqualTo(BsonBoolean.TRUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "utils.crypto.encrypt('des', 'm', 'k') | utils.crypto.encrypt: the encryption type must be \"aes\"",
        "utils.crypto.encrypt('aes', 5, 'k'.repeat(16)) | utils.crypto.encrypt: the message must be a string or a BSON.Binary",
        "utils.crypto.encrypt('aes', 'm') | utils.crypto.encrypt: the key must be a string",
        "utils.crypto.encrypt('aes', 'm', 'hunter2') | utils.crypto.encrypt: an AES key has 16, 24 or 32 bytes, and this one 7",
        "utils.crypto.decrypt('aes', 'text', 'k'.repeat(16)) | utils.crypto.decrypt: the encrypted message must be a BSON.Binary",
        "utils.crypto.decrypt('aes', BSON.Binary.fromHex('00'), 'k'.repeat(16)) | utils.crypto.decrypt: the message is too short to be an encrypted one",
        "utils.crypto.decrypt('aes', utils.crypto.encrypt('aes', 'm', 'k'.repeat(16)), 'j'.repeat(16)) | utils.crypto.decrypt: the message was encrypted with another key, or was changed",
        "utils.crypto.sign('dsa', 'm', 'k') | utils.crypto.sign: the encryption type must be \"rsa\"",
        "utils.crypto.sign('rsa', 'm', 'hunter2') | utils.crypto.sign: the key is not PEM text, which has a line -----BEGIN …-----",
        "utils.crypto.sign('rsa', 'm', value('rsaPublicKey')) | utils.crypto.sign: the key must begin with -----BEGIN RSA PRIVATE KEY----- or -----BEGIN PRIVATE KEY-----, not with -----BEGIN RSA PUBLIC KEY-----",
        "utils.crypto.sign('rsa', 'm', '-----BEGIN PRIVATE KEY-----\\n!!\\n-----END PRIVATE KEY-----') | utils.crypto.sign: the key is not PEM text: its content is not base64",
        "utils.crypto.sign('rsa', 'm', '-----BEGIN RSA PRIVATE KEY-----\\naGVsbG8=\\n-----END RSA PRIVATE KEY-----') | utils.crypto.sign: the key cannot be read",
        "utils.crypto.sign('rsa', 'm', value('rsaPrivateKey'), 'oaep') | utils.crypto.sign: the signature scheme must be pss or pkcs1v15",
        "utils.crypto.verify('rsa', 'm', value('rsaPublicKey'), 'text') | utils.crypto.verify: the signature must be a BSON.Binary",
        "utils.crypto.hmac('m', 's', 'sha3', 'hex') | utils.crypto.hmac: the hash function must be sha1, sha256, sha512 or md5",
        "utils.crypto.hmac('m', 's', 'sha256', 'utf8') | utils.crypto.hmac: the output format must be \"hex\" or \"base64\"",
        "utils.crypto.hash('sha256') | utils.crypto.hash: the input must be a string or a BSON.Binary",
        "utils.crypto.hash('sha256', 'x'.repeat(16777216)) | utils.crypto.hash: the message is longer than 16 MB",
        "utils.crypto.hmac('m', 'x'.repeat(32769), 'sha256', 'hex') | utils.crypto.hmac: the key is longer than 32 KB",
      })
  void aMistakeIsSaidInASentenceWithoutTheKey(String expression, String message) {
    assertThat(refusal(expression)).isEqualTo(message).doesNotContain("hunter2");
  }

  @Test
  void aKeyThatWouldTakeLongIsRefused() throws java.security.GeneralSecurityException {
    var spec =
        new java.security.spec.RSAPublicKeySpec(
            java.math.BigInteger.ONE.shiftLeft(16383).add(java.math.BigInteger.ONE),
            java.math.BigInteger.valueOf(65537));
    var key = java.security.KeyFactory.getInstance("RSA").generatePublic(spec);
    app.value(text("large", TestPem.publicKey(key)));

    assertThat(
            refusal("utils.crypto.verify('rsa', 'm', value('large'), BSON.Binary.fromHex('00'))"))
        .isEqualTo("utils.crypto.verify: an RSA key has 512 to 8192 bits, and this one 16384");
  }
}
