package dev.berth.controlplane.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What npm is given, and what it is not.
class PackageManifestTest {

  private static List<String> problems(String text) {
    return PackageManifest.read("package.json", text.replace('\'', '"'), WebOrigins.anywhere())
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static List<String> problemsOfSpec(String spec) {
    return problems("{'dependencies': {'ms': '" + spec.replace("\\", "\\\\") + "'}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "2.1.3",
        "^2.1.3",
        "~2.1",
        "=2",
        ">=1.2 <3",
        "1.x || >=2.5.0",
        "1.0.0 - 2.9999",
        "latest",
        "next-11",
        "2.0.0-beta.1+build",
        "npm:ms@2",
        "npm:@vercel/ms@^2.1.0",
        "https://example.com/ms.tgz"
      })
  void whatARegistryOrTheWebHasIsAllowed(String spec) {
    assertThat(problemsOfSpec(spec)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:../ms",
        "file:/etc",
        "link:../ms",
        "workspace:*",
        "portal:../ms",
        "../ms",
        "./ms",
        "..",
        ".",
        "~/ms",
        "/etc/ms",
        "C:\\ms",
        "c:ms",
        "..\\ms",
        "ms.tgz",
        "ms.tar.gz",
        "ms.tar",
        "git+ssh://git@github.com/vercel/ms.git",
        "git+https://github.com/vercel/ms",
        "git://github.com/vercel/ms",
        "git@github.com:vercel/ms.git",
        "vercel/ms",
        "vercel/ms#main",
        "http://example.com/ms.tgz",
        "github:vercel/ms",
        "gitlab:vercel/ms",
        "gist:0123abcd",
        "ftp://example.com/ms.tgz",
        "npm:../../ms",
        "npm:@a/../../b@1",
        "npm:file:../ms",
        "patch:ms@2",
        " file:../ms"
      })
  void whatLiesOnTheMachineOrInARepositoryIsNot(String spec) {
    assertThat(problemsOfSpec(spec))
        .containsExactly(
            "package.json:1 /dependencies/ms: \"ms\" is to come from \""
                + spec.strip()
                + "\"; allowed are versions, ranges and tags of the npm registry, npm:NAME@VERSION"
                + " and https://");
  }

  @Test
  void everyGroupIsLookedAtBecauseNpmReadsThemAll() {
    assertThat(
            problems(
                """
                {
                  'dependencies': {'a': 'file:a'},
                  'optionalDependencies': {'b': 'file:b'},
                  'peerDependencies': {'c': 'file:c'},
                  'devDependencies': {'d': 'file:d'},
                  'overrides': {'e': {'.': '1', 'f': 'file:f'}, 'g': '$a'},
                  'workspaces': ['../..']
                }
                """))
        .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
        .containsExactly(
            "package.json:2 /dependencies/a",
            "package.json:3 /optionalDependencies/b",
            "package.json:4 /peerDependencies/c",
            "package.json:5 /devDependencies/d",
            "package.json:7 /workspaces",
            "package.json:6 /overrides/e/f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../ms", "..", "a/b", "@a", "@a/../b", "/etc", ".bin", "a b", "@/a", ""})
  void aNameThatIsAPathIsNone(String name) {
    assertThat(problems("{'dependencies': {'" + name + "': '1'}}"))
        .singleElement()
        .asString()
        .endsWith("\"" + name + "\" cannot be the name of a package");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ms", "@sendgrid/mail", "lodash.merge", "JSONStream", "_x", "a-b_c~d"})
  void otherNamesAreNames(String name) {
    assertThat(problems("{'dependencies': {'" + name + "': '1'}}")).isEmpty();
  }

  @Test
  void whatIsNoJsonIsAProblemWithItsLine() {
    assertThat(problems("{\n  'dependencies': {\n"))
        .singleElement()
        .asString()
        .startsWith("package.json:3: malformed JSON at column 1: ");
    assertThat(problems(""))
        .containsExactly("package.json:1: malformed JSON at column 1: the file is empty");
  }

  @Test
  void fieldsOfAnotherTypeAreProblems() {
    assertThat(problems("[]"))
        .containsExactly("package.json:1: expected an object, found an array");
    assertThat(problems("{'dependencies': ['ms']}"))
        .containsExactly("package.json:1 /dependencies: expected an object, found an array");
    assertThat(problems("{'dependencies': {'ms': 2}}"))
        .containsExactly("package.json:1 /dependencies/ms: expected a string, found a number");
  }

  @Test
  void onlyWhatIsInstalledAsksForPackages() {
    for (String none :
        List.of("{}", "{\"dependencies\": {}}", "{\"devDependencies\": {\"a\": \"1\"}}")) {
      assertThat(
              PackageManifest.read("package.json", none, WebOrigins.anywhere()).asksForPackages())
          .isFalse();
    }
    String one = "{\"optionalDependencies\": {\"a\": \"1\"}}";
    assertThat(PackageManifest.read("package.json", one, WebOrigins.anywhere()).asksForPackages())
        .isTrue();
  }

  @Test
  void whereThisBerthSendsNothingNoArchiveComesFrom() {
    WebOrigins origins = new WebOrigins(address -> !address.isLoopbackAddress());
    String text = "{\"dependencies\": {\"a\": \"https://localhost/a.tgz\", \"b\": \"^1.0.0\"}}";

    assertThat(PackageManifest.read("package.json", text, origins).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("sends no requests"));
  }
}
