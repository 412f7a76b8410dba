package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands about organizations and what belongs to them.
class OrganizationCommandsTest {

  @TempDir Path profiles;

  private final StringWriter printed = new StringWriter();
  private AnsweringServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new AnsweringServer()
            .on("GET /orgs", 200, "[{\"id\": \"o1\", \"name\": \"ann\"}]")
            .on("GET /orgs/o1/groups", 200, "[{\"id\": \"g1\", \"name\": \"web\"}]");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(Object command, String... arguments) {
    return new CommandRun(server, profiles, printed).run(command, arguments);
  }

  @Test
  void aKeyIsMadeForAProjectThatIsNamed() {
    server.on(
        "POST /orgs/o1/apiKeys", 201, "{\"publicKey\": \"abcdefgh\", \"privateKey\": \"secret\"}");

    int exit = run(new ApiKeysCommand(), "create", "--role", "app-editor", "--project", "web");

    assertThat(printed.toString()).contains("abcdefgh").contains("secret");
    assertThat(exit).isZero();
    assertThat(server.requests()).endsWith("POST /orgs/o1/apiKeys");
  }

  @Test
  void aRoleInAProjectNeedsOne() {
    int exit = run(new ApiKeysCommand(), "create", "--role", "read-only");

    assertThat(exit).isEqualTo(2);
    assertThat(printed.toString()).contains("--project");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void ofSeveralOrganizationsOneHasToBeNamed() {
    server.on("GET /orgs", 200, "[]");
    server.on("GET /orgs", 200, "[{\"id\":\"o1\",\"name\":\"a\"},{\"id\":\"o2\",\"name\":\"b\"}]");
    run(new OrgsCommand(), "list");
    run(new OrgsCommand(), "list");

    int exit = run(new ProjectsCommand(), "list");

    assertThat(exit).isEqualTo(1);
    assertThat(printed.toString()).contains("which organization? Name one with --org: a, b");
  }

  @Test
  void aQuotaIsOnlySentWhenSomethingIsSaid() {
    server
        .on("GET /orgs/o1/quota", 200, "{\"quota\": {}}")
        .on("PUT /orgs/o1/apps/shop-abcde/quota", 200, "{\"quota\": {}}");

    int shown = run(new OrgsCommand(), "quota", "--org", "ann");
    int changed =
        run(new OrgsCommand(), "quota", "--app", "shop-abcde", "--requests-per-second", "5");

    assertThat(List.of(shown, changed)).containsExactly(0, 0);
    assertThat(server.requests())
        .contains("GET /orgs/o1/quota", "PUT /orgs/o1/apps/shop-abcde/quota");
  }
}
