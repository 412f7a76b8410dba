package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/// The table of `docs/npm-packages.md` says what the checks say. Needs no npm.
class NpmPackagesTableTest {

  private static final Path TESTS = Path.of("src/test/npm");
  private static final Path TABLE = Path.of("../../docs/npm-packages.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| ([0-9][^ ]*) \\| (.+?) \\|.*$");

  /// How a check begins whose package does not work.
  private static final String FAILS = "// fails\n";

  @Test
  void theTableNamesEachPackageWithItsVersionAndWhetherItWorks() throws IOException {
    Map<String, String> rows =
        ROW.matcher(Files.readString(TABLE))
            .results()
            .collect(
                Collectors.toMap(row -> row.group(1) + "@" + row.group(2), row -> row.group(3)));

    assertThat(rows).isEqualTo(checked());
  }

  private static Map<String, String> checked() throws IOException {
    BsonDocument versions =
        BsonDocument.parse(Files.readString(TESTS.resolve("package.json")))
            .getDocument("dependencies");
    Map<String, String> results = new TreeMap<>();
    for (String name : versions.keySet()) {
      String version = versions.getString(name).getValue();
      String check = Files.readString(TESTS.resolve("checks/" + name.replace('/', '+') + ".js"));
      results.put(
          version.startsWith("npm:") ? version.substring(4) : name + "@" + version,
          check.startsWith(FAILS) ? "fails" : "works");
    }
    return results;
  }
}
