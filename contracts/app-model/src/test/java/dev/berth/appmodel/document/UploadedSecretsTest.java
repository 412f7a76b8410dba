package dev.berth.appmodel.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import org.junit.jupiter.api.Test;

/// Secrets that come with a document.
class UploadedSecretsTest {

  private static String withSecrets(String secrets) {
    return Samples.of20210101().replace("\"secrets\": {}", "\"secrets\": " + secrets);
  }

  @Test
  void theyBecomeSecretsOfTheAppAndTheirOwnerNamesThem() {
    ImportDocument.Taken taken =
        Samples.taken(withSecrets("{\"services\": {\"sms\": {\"auth_token\": \"hush\"}}}"));

    assertThat(taken.secrets().find("__sms_auth_token")).isEqualTo("hush");
    assertThat(Samples.bundle(taken.bundle()).text("services/sms/config.json"))
        .endsWith(
            """
                "secret_config": {
                    "auth_token": "__sms_auth_token"
                }
            }
            """);
  }

  @Test
  void thoseOfProvidersAreNamedByTheProvider() {
    ImportDocument.Taken taken =
        Samples.taken(withSecrets("{\"auth_providers\": {\"api-key\": {\"k\": \"hush\"}}}"));

    assertThat(taken.secrets().names()).containsExactly("__api-key_k");
    assertThat(Samples.bundle(taken.bundle()).text("auth/providers.json"))
        .contains("\"k\": \"__api-key_k\"");
  }

  @Test
  void noneOfThemIsInAnyFileOrText() {
    ImportDocument.Taken taken =
        Samples.taken(withSecrets("{\"services\": {\"sms\": {\"auth_token\": \"hush-hush\"}}}"));

    assertThat(Samples.bundle(taken.bundle()).paths())
        .allSatisfy(
            path ->
                assertThat(Samples.bundle(taken.bundle()).text(path)).doesNotContain("hush-hush"));
    assertThat(taken.toString()).doesNotContain("hush-hush");
  }

  @Test
  void oneThatBelongsToNothingIsRefused() {
    ImportDocument.Result result =
        ImportDocument.read(withSecrets("{\"services\": {\"gone\": {\"k\": \"hush\"}}}"));

    assertThat(result)
        .isInstanceOfSatisfying(
            ImportDocument.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::toString)
                    .containsExactly("document /secrets/services/gone: there is no such service"));
  }

  @Test
  void oneThatIsTooLongIsRefusedAndNotShown() {
    ImportDocument.Result result =
        ImportDocument.read(
            withSecrets("{\"services\": {\"sms\": {\"k\": \"" + "h".repeat(501) + "\"}}}"));

    assertThat(result)
        .isInstanceOfSatisfying(
            ImportDocument.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(Problem::toString)
                    .containsExactly(
                        "document /secrets/services/sms/k: the secret has 501 characters; allowed"
                            + " are 500"));
  }
}
