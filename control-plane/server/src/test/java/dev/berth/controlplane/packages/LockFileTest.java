package dev.berth.controlplane.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lock files name folders and addresses that npm would follow.
class LockFileTest {

  private static List<String> problems(String text) {
    return LockFile.problems("lock", text.replace('\'', '"'), WebOrigins.anywhere()).stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void lockFilesAsNpmWritesThemAreAllowed() {
    assertThat(
            problems(
                """
                {
                  'name': 'functions',
                  'lockfileVersion': 2,
                  'packages': {
                    '': {'dependencies': {'ms': '^2.1.3'}},
                    'node_modules/ms': {
                      'version': '2.1.3',
                      'resolved': 'https://registry.npmjs.org/ms/-/ms-2.1.3.tgz',
                      'integrity': 'sha512-6Flz'
                    },
                    'node_modules/@a/b/node_modules/c.d': {'version': '1.0.0', 'inBundle': true}
                  },
                  'dependencies': {
                    'ms': {
                      'version': '2.1.3',
                      'resolved': 'https://registry.npmjs.org/ms/-/ms-2.1.3.tgz',
                      'dependencies': {'@a/x': {'version': 'npm:y@1.0.0'}}
                    }
                  }
                }
                """))
        .isEmpty();
  }

  @Test
  void whereThisBerthSendsNothingNoPackageComesFrom() {
    WebOrigins origins = new WebOrigins(address -> !address.isLoopbackAddress());
    String lock =
        """
        {"packages": {"node_modules/ms": {"resolved": "https://127.0.0.1:8443/ms.tgz"}},
         "dependencies": {"ms": {"version": "http://[::1]/ms.tgz"}}}
        """;

    assertThat(LockFile.problems("lock", lock, origins)).hasSize(2);
    assertThat(LockFile.problems("lock", lock, WebOrigins.anywhere())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../ms",
        "ms",
        "node_modules",
        "node_modules/..",
        "node_modules/../../etc",
        "node_modules/a/../../../b",
        "/node_modules/ms",
        "node_modules/@a/../b",
        "packages/ms",
        "node_modules/.bin",
        "node_modules/a/b",
        "C:/node_modules/ms",
        "node_modules\\\\ms"
      })
  void aFolderElsewhereIsRefused(String folder) {
    assertThat(problems("{'packages': {'" + folder + "': {'version': '1.0.0'}}}"))
        .singleElement()
        .asString()
        .endsWith("is no folder of a package in node_modules");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:../ms.tgz",
        "../ms",
        "git+ssh://git@github.com/vercel/ms.git#0123",
        "git://github.com/vercel/ms",
        "ssh://a/b",
        "/etc/ms.tgz",
        ""
      })
  void anOriginElsewhereIsRefused(String origin) {
    String message = "a package is to come from \"" + origin + "\"; allowed is https://";

    assertThat(problems("{'packages': {'node_modules/ms': {'resolved': '" + origin + "'}}}"))
        .containsExactly("lock:1 /packages/node_modules~1ms/resolved: " + message);
    assertThat(
            problems(
                "{'dependencies': {'a': {'dependencies': {'ms': {'resolved': '"
                    + origin
                    + "'}}}}}"))
        .containsExactly("lock:1 /dependencies/a/dependencies/ms/resolved: " + message);
  }

  @Test
  void aLinkIsRefused() {
    assertThat(problems("{'packages': {'node_modules/ms': {'link': true}}}"))
        .containsExactly(
            "lock:1 /packages/node_modules~1ms/link: a package is a link to a folder; allowed are"
                + " packages from https://");
  }

  @Test
  void anOriginInPlaceOfAVersionIsRefused() {
    assertThat(problems("{'dependencies': {'ms': {'version': 'file:../ms'}}}"))
        .containsExactly(
            "lock:1 /dependencies/ms/version: a package is to come from \"file:../ms\"; allowed are"
                + " versions and https://");
  }

  @Test
  void aNameThatIsAPathIsRefused() {
    assertThat(problems("{'dependencies': {'../../ms': {'version': '1.0.0'}}}"))
        .containsExactly(
            "lock:1 /dependencies/..~1..~1ms: \"../../ms\" cannot be the name of a package");
  }

  @Test
  void whatIsNoJsonIsAProblemWithItsLine() {
    assertThat(problems("{\n  'packages'"))
        .singleElement()
        .asString()
        .startsWith("lock:2: malformed");
  }
}
