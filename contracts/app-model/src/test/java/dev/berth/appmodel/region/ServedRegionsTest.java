package dev.berth.appmodel.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.DeploymentModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedRegionsTest {

  private static final ServedRegions TWO =
      ServedRegions.parse(
          List.of(
              "aws-eu-west-1=https://eu.apps.example.com",
              "aws-us-east-1 = https://US.apps.example.com:8443"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "LOCAL, aws-eu-west-1, https://eu.apps.example.com",
        "LOCAL, aws-us-east-1, https://US.apps.example.com:8443",
        "LOCAL, aws-sa-east-1, -",
        "GLOBAL, aws-eu-west-1, -"
      })
  void anAppThatIsLocalToOneOfThemIsReachedThere(
      DeploymentModel model, String region, String expected) {
    assertThat(TWO.urlOf(new Placement(model, region))).isEqualTo(expected);
  }

  @Test
  void hostsAreKnownWithoutTheirPort() {
    assertThat(TWO.regionOfHost("us.apps.example.com")).isEqualTo("aws-us-east-1");
    assertThat(TWO.regionOfHost("apps.example.com")).isNull();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    List<String> texts =
        List.of(
            "moon=https://moon.example.com",
            "aws-eu-west-1=eu.example.com",
            "aws-us-east-1=https://one.example.com",
            "aws-us-west-2=http://ONE.example.com:1");

    assertThatThrownBy(() -> ServedRegions.parse(texts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"moon=https://moon.example.com\" is no region")
        .hasMessageContaining("of the region aws-eu-west-1 must be like")
        .hasMessageContaining("two regions have the host one.example.com");
  }

  @ParameterizedTest
  @CsvSource({"aws-eu-west-1, IE", "aws-us-east-2, US-VA", "azure-westeurope, DE-FF"})
  void everyRegionHasACodeThatOlderClientsKnow(String region, String code) {
    assertThat(new Placement(DeploymentModel.LOCAL, region).location()).isEqualTo(code);
  }
}
