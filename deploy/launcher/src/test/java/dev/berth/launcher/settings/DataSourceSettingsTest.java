package dev.berth.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.AppId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourceSettingsTest {

  private static final AppId SHOP = new AppId("shop-abcde");

  @ParameterizedTest
  @CsvSource({
    "shop-abcde, atlas, mongodb://shop",
    "shop-abcde, other, mongodb://rest",
    "bank-abcde, atlas, mongodb://all",
    "bank-abcde, other,",
    "shop-abcd, other,",
    "SHOP-abcde, other,",
  })
  void theLinkThatNamesTheAppCountsBeforeTheOneThatNamesTheSource(
      String app, String source, String expected) {
    var settings =
        DataSourceSettings.parse(
            Map.of(
                "shop-abcde.atlas", "mongodb://shop",
                "shop-abcde.*", "mongodb://rest",
                "*.atlas", "mongodb://all"),
            null);

    assertThat(settings.link(new AppId(app), source)).isEqualTo(expected);
  }

  @Test
  void nothingIsLinkedUnlessSomebodySaysSo() {
    assertThat(DataSourceSettings.none().link(SHOP, "atlas")).isNull();
    assertThat(DataSourceSettings.parse(Map.of(), null)).isEqualTo(DataSourceSettings.none());
  }

  @Test
  void theOwnDatabaseIsNamedWhereItIsKnown() {
    var settings = DataSourceSettings.parse(Map.of("shop-abcde.*", "own"), null);

    assertThat(settings.at("mongodb://here:1").link(SHOP, "atlas")).isEqualTo("mongodb://here:1");
  }

  @Test
  void theEnvironmentOverridesTheFile() {
    var settings =
        DataSourceSettings.parse(
            Map.of("*.atlas", "mongodb://file", "*.other", "mongodb://file"),
            " *.atlas=mongodb://u:p@variable/?replicaSet=a\nshop-abcde.third=own ");

    assertThat(settings.link(SHOP, "atlas")).isEqualTo("mongodb://u:p@variable/?replicaSet=a");
    assertThat(settings.link(SHOP, "other")).isEqualTo("mongodb://file");
    assertThat(settings.link(SHOP, "third")).isEqualTo("own");
  }

  @Test
  void anotherProcessReadsWhatThisOneWrites() {
    var settings =
        DataSourceSettings.parse(
            Map.of("*.atlas", "mongodb://u:p%40@a,b/?x=y=z", "shop-abcde.*", "own"), null);

    assertThat(DataSourceSettings.ofText(settings.text())).isEqualTo(settings);
    assertThat(DataSourceSettings.ofText("")).isEqualTo(DataSourceSettings.none());
  }

  @Test
  void everyMistakeIsToldAtOnceAndNoPassword() {
    Map<String, String> file =
        Map.of(
            "atlas", "mongodb://a",
            "shop abcde.atlas", "mongodb://a",
            "shop-abcde.atlas", "http://ann:pa55@host",
            "bank-abcde.atlas", "mongodb://ann:pa:55@host",
            "*.empty", "");

    assertThatThrownBy(() -> DataSourceSettings.parse(file, "mongodb://ann:pa55@host"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("data-source.atlas must be data-source.<App ID>.<data source>")
        .hasMessageContaining("data-source.shop abcde.atlas must be")
        .hasMessageContaining("data-source.shop-abcde.atlas must be a connection string of MongoDB")
        .hasMessageContaining("data-source.bank-abcde.atlas must be a connection string of MongoDB")
        .hasMessageContaining("data-source.*.empty must be a connection string of MongoDB")
        .hasMessageContaining("BERTH_DATA_SOURCES: link 1 is not")
        .message()
        .doesNotContain("pa55")
        .doesNotContain("pa:55")
        .doesNotContain("ann");
  }

  @Test
  void itsTextShowsWhichLinksThereAreAndNotWhereTheyLead() {
    var settings = DataSourceSettings.parse(Map.of("*.atlas", "mongodb://ann:pa55@host"), null);

    assertThat(settings).hasToString("DataSourceSettings[*.atlas]");
  }
}
