package dev.berth.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.settings.ServerFile.Setting;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFileTest {

  private static final Path REFERENCE = Path.of("../berth.properties");

  @TempDir private Path folder;

  @Test
  void theReferenceFileHasEverySettingAsItIsWhenNobodySaysAnything() throws Exception {
    Properties reference = new Properties();
    try (Reader reader = Files.newBufferedReader(REFERENCE)) {
      reference.load(reader);
    }

    assertThat(reference).hasSize(Setting.values().length);
    for (Setting key : Setting.values()) {
      assertThat(reference.getProperty(key.spelling())).as(key.spelling()).isEqualTo(key.usual());
    }
  }

  @Test
  void aVariableOverridesTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "port=1\nhost=0.0.0.0\n");

    ServerFile read = ServerFile.read(file, Map.of("BERTH_PORT", "2"));

    assertThat(read.text(Setting.PORT)).isEqualTo("2");
    assertThat(read.text(Setting.HOST)).isEqualTo("0.0.0.0");
  }

  @Test
  void linksOfDataSourcesHaveNamesOfTheirOwn() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("a"), "data-source.shop-abcde.mongodb-atlas = mongodb://a/?x=y\n");

    DataSourceSettings links =
        ServerFile.read(file, Map.of("BERTH_DATA_SOURCES", "*.other=own")).dataSources();

    assertThat(links.links())
        .isEqualTo(Map.of("shop-abcde.mongodb-atlas", "mongodb://a/?x=y", "*.other", "own"));
  }

  @Test
  void everyUnknownKeyIsToldAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "prot=1\nhots=x\nport=1\n");

    assertThatThrownBy(() -> ServerFile.read(file, Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("there is no setting \"prot\"")
        .hasMessageContaining("there is no setting \"hots\"");
  }
}
