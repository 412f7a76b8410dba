package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.bundle.BundleArchive;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands as scripts for the original's command line have them, with the flags of realm-cli 2.6.3
/// (what `--help` of each says).
class OriginalScriptsTest {

  private static final String APP = "/groups/g1/apps/a1";
  private static final String USERS =
      "[{\"_id\": \"u1\", \"identities\": [], \"data\": {}}, {\"_id\": \"u2\", \"identities\": [], \"data\": {}}]";

  private static final String PENDING =
      "[{\"_id\": \"p1\", \"login_ids\": [{\"id_type\": \"email\", \"id\": \"ann@example.com\"}]}]";

  @TempDir Path folder;
  @TempDir Path profiles;

  private final StringWriter printed = new StringWriter();
  private AnsweringServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new AnsweringServer()
            .on("GET /auth/profile", 200, "{\"roles\": [{\"group_id\": \"g1\"}]}")
            .on(
                "GET /groups/g1/apps",
                200,
                "[{\"_id\": \"a1\", \"client_app_id\": \"shop-abcde\", \"name\": \"shop\","
                    + " \"group_id\": \"g1\"}]");
    Files.writeString(
        folder.resolve("realm_config.json"),
        "{\"config_version\": 20210101, \"app_id\": \"shop-abcde\", \"name\": \"shop\"}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(Object command, String... arguments) {
    return new CommandRun(server, profiles, printed).run(command, arguments);
  }

  private static String archive() {
    byte[] archive =
        BundleArchive.zip(
            AppBundle.of(
                Map.of(
                    "realm_config.json",
                    "{\"config_version\": 20210101, \"name\": \"shop\"}\n"
                        .getBytes(StandardCharsets.UTF_8))),
            List.of());
    return new String(archive, StandardCharsets.ISO_8859_1);
  }

  @Test
  void pushTakesTheFolderAndTheAppByTheirOldNames() {
    server.on("POST " + APP + "/import", 200, "[\"changed: function a\"]");

    int exit =
        run(
            new PushCommand(),
            "--local",
            folder.toString(),
            "--remote",
            "shop-abcde",
            "--include-node-modules",
            "--include-package-json",
            "-s",
            "-c",
            "-x",
            "-y",
            "--telemetry",
            "off",
            "--disable-colors");

    assertThat(exit).isZero();
    assertThat(printed.toString())
        .contains("hosting is not part of Berth", "changed: function a", "nothing was changed");
  }

  @Test
  void pushWithYesThrowsAwayTheDraftOfSomebodyElse() {
    server
        .on("POST " + APP + "/import", 200, "[\"changed\"]")
        .on("POST " + APP + "/import", 204, "")
        .on("POST " + APP + "/drafts", 409, "{\"error_code\": \"DraftAlreadyExists\"}")
        .on("GET " + APP + "/drafts", 200, "[{\"_id\": \"d0\"}]")
        .on("DELETE " + APP + "/drafts/d0", 204, "")
        .on("POST " + APP + "/drafts", 201, "{\"_id\": \"d1\"}")
        .on("POST " + APP + "/drafts/d1/deployment", 201, "{\"status\": \"successful\"}");

    assertThat(run(new PushCommand(), "--local", folder.toString(), "--yes")).isZero();

    assertThat(server.requests()).contains("DELETE " + APP + "/drafts/d0");
  }

  @Test
  void aFolderIsNamedOnce() {
    assertThat(run(new PushCommand(), "here", "--local", "there")).isEqualTo(1);

    assertThat(printed.toString()).contains("there are two folders: here and there");
  }

  @Test
  void pullTakesTheFolderByItsOldName() {
    server.on("GET " + APP + "/export", 200, archive());
    Path target = folder.resolve("copy");

    assertThat(run(new PullCommand(), "--remote", "shop", "--local", target.toString(), "-x"))
        .isZero();
    assertThat(target).doesNotExist();
    assertThat(run(new PullCommand(), "--remote", "shop", "--local", target.toString())).isZero();
    assertThat(target.resolve("realm_config.json")).isNotEmptyFile();
  }

  @Test
  void whatIsPrintedGoesToTheTarget() {
    Path target = folder.resolve("out.json");

    assertThat(run(new AppsCommand(), "list", "-a", "shop", "-f", "json", "-o", target.toString()))
        .isZero();

    assertThat(printed.toString()).isEmpty();
    assertThat(target).content().contains("\"client_app_id\": \"shop-abcde\"");
  }

  @Test
  void appsListFiltersByName() {
    assertThat(run(new AppsCommand(), "list", "-a", "another")).isZero();

    assertThat(printed.toString()).doesNotContain("shop-abcde");
  }

  @Test
  void appsCreateClonesAnotherAppAndWritesItsFiles() {
    server
        .on("GET " + APP + "/export", 200, archive())
        .on(
            "POST /groups/g1/apps",
            201,
            "{\"_id\": \"a2\", \"client_app_id\": \"copy-fghij\", \"name\": \"copy\","
                + " \"group_id\": \"g1\"}")
        .on("POST /groups/g1/apps/a2/import", 204, "")
        .on("GET /groups/g1/apps/a2/export", 200, archive());
    Path target = folder.resolve("copy");
    String[] arguments = {
      "create", "--remote", "shop-abcde", "--name", "copy", "--local", target.toString()
    };

    assertThat(run(new AppsCommand(), "create", "--name", "copy", "--remote", "shop", "-x"))
        .isZero();
    assertThat(server.requests()).doesNotContain("POST /groups/g1/apps");
    assertThat(run(new AppsCommand(), arguments)).isZero();

    assertThat(printed.toString()).contains("created copy-fghij");
    assertThat(server.requests()).contains("POST /groups/g1/apps/a2/import");
    assertThat(target.resolve("realm_config.json")).isNotEmptyFile();
  }

  @Test
  void appsInitSaysWhereTheAppIsToLive() {
    Path target = folder.resolve("made");

    int exit =
        run(
            new AppsCommand(),
            "init",
            "--name",
            "made",
            "-l",
            "IE",
            "-d",
            "LOCAL",
            "-e",
            "testing",
            "--local",
            target.toString());

    assertThat(exit).isZero();
    assertThat(target.resolve("root_config.json"))
        .content()
        .contains("\"made\"", "\"aws-eu-west-1\"", "\"LOCAL\"", "\"testing\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delete --user u1 --user u2 | DELETE /users/u1, DELETE /users/u2",
        "delete -u u1,u2            | DELETE /users/u1, DELETE /users/u2",
        "delete u2                  | DELETE /users/u2",
        "disable --user u1          | PUT /users/u1/disable",
        "enable -u u2               | PUT /users/u2/enable",
        "revoke --user u1           | PUT /users/u1/logout",
        "revoke --state enabled -y  | GET /users?status=enabled, PUT /users/u1/logout, PUT /users/u2/logout",
        "revoke --provider api-key -u u2 | GET /users?provider_types=api-key, PUT /users/u2/logout",
        "list --user u2             | GET /users",
      })
  void usersAreNamedByAFlagOrByWhatTheyAre(String words, String sent) {
    server.on("GET " + APP + "/users", 200, USERS);
    for (String user : List.of("u1", "u2")) {
      server
          .on("DELETE " + APP + "/users/" + user, 204, "")
          .on("PUT " + APP + "/users/" + user + "/disable", 204, "")
          .on("PUT " + APP + "/users/" + user + "/enable", 204, "")
          .on("PUT " + APP + "/users/" + user + "/logout", 204, "");
    }

    assertThat(run(new UsersCommand(), (words + " --app shop").split(" ", -1))).isZero();

    assertThat(server.requests().stream().map(request -> request.replace(APP, "")).toList())
        .endsWith(sent.split(", ", -1));
    assertThat(printed.toString().lines().filter(line -> line.startsWith("u1")).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--state disabled", "--provider local-userpass", "--pending"})
  void whomNobodyHasNamedIsDeletedWhenSomebodyAgrees(String chosen) {
    server
        .on("GET " + APP + "/users", 200, USERS)
        .on("GET " + APP + "/user_registrations/pending_users", 200, PENDING);

    assertThat(run(new UsersCommand(), ("delete -a shop " + chosen).split(" ", -1))).isOne();

    assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));
    assertThat(printed.toString()).contains("no user was changed; say --yes to mean it");
  }

  @Test
  void whoHasNotConfirmedIsDeletedByAddress() {
    server
        .on("GET " + APP + "/user_registrations/pending_users", 200, PENDING)
        .on("DELETE " + APP + "/user_registrations/by_email/ann%40example.com", 204, "");

    assertThat(run(new UsersCommand(), "delete", "--pending", "-y", "-a", "shop")).isZero();

    assertThat(server.requests())
        .contains("DELETE " + APP + "/user_registrations/by_email/ann%40example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delete --state Disbled            | 'Disbled'",
        "delete --pending --state disabled | --pending goes with neither",
        "disable --pending                 | can be listed and deleted, and nothing else",
        "revoke --pending                  | can be listed and deleted, and nothing else",
      })
  void usersThatCannotBeChosenLikeThatAreLeftAlone(String words, String said) {
    assertThat(run(new UsersCommand(), (words + " -y -a shop").split(" ", -1))).isEqualTo(2);

    assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
    assertThat(printed.toString()).contains(said);
  }

  @Test
  void nobodyIsDeletedWhenNobodyIsNamed() {
    assertThat(run(new UsersCommand(), "delete", "--app", "shop")).isEqualTo(2);

    assertThat(server.requests()).isEmpty();
    assertThat(printed.toString()).contains("which users?");
  }

  @Test
  void anApiKeyIsAUserOfThatType() {
    server.on("POST " + APP + "/api_keys", 201, "{\"_id\": \"k\", \"key\": \"secret\"}");

    int exit = run(new UsersCommand(), "create", "--type", "api-key", "--name", "k", "-a", "shop");

    assertThat(exit).isZero();
    assertThat(printed.toString()).contains("secret");
  }

  @Test
  void secretsAndAddressesAreDeletedByFlag() {
    server
        .on("GET " + APP + "/secrets", 200, "[{\"_id\": \"s\", \"name\": \"key\"}]")
        .on("DELETE " + APP + "/secrets/s", 204, "")
        .on(
            "GET " + APP + "/security/access_list",
            200,
            "{\"allowed_ips\": [{\"_id\": \"i\", \"address\": \"10.0.0.0/8\"}]}")
        .on("DELETE " + APP + "/security/access_list/i", 204, "");

    assertThat(run(new SecretsCommand(), "delete", "-a", "shop", "--secret", "key")).isZero();
    assertThat(run(new AccessListCommand(), "delete", "-a", "shop", "--ip", "10.0.0.0/8")).isZero();
    assertThat(run(new SecretsCommand(), "delete", "-a", "shop")).isEqualTo(2);

    assertThat(server.requests())
        .contains("DELETE " + APP + "/secrets/s", "DELETE " + APP + "/security/access_list/i");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--type auth                      | type=AUTH%2CAPI_KEY",
        "--type trigger,function          | type=AUTH_TRIGGER%2CDB_TRIGGER%2CSCHEDULED_TRIGGER%2CFUNCTION",
        "--type ENDPOINT                  | type=ENDPOINT",
        "--start 2021-06-22               | start_date=2021-06-22T00%3A00%3A00Z",
        "--start 2021-06-22T07            | start_date=2021-06-22T07%3A00%3A00Z",
        "--start 2021-06-22T07:54-0200    | start_date=2021-06-22T09%3A54%3A00Z",
        "--end 2021-06-22T07:54:42.123    | end_date=2021-06-22T07%3A54%3A42.123Z",
        "--end 2021-06-22T07:54:42+02:00  | end_date=2021-06-22T05%3A54%3A42Z",
        "--end 2021-06-22T07:54:42Z       | end_date=2021-06-22T07%3A54%3A42Z",
        "--end 2021-06-22-0700            | end_date=2021-06-22T07%3A00%3A00Z",
      })
  void logsAreFilteredByTheWordsAndTimesOfTheOriginal(String words, String query) {
    server.on("GET " + APP + "/logs", 200, "{\"logs\": []}");

    assertThat(run(new LogsCommand(), ("list -a shop " + words).split(" ", -1))).isZero();

    assertThat(server.requests()).last().isEqualTo("GET " + APP + "/logs?" + query);
  }

  @Test
  void whatIsNoTimeIsSaid() {
    assertThat(run(new LogsCommand(), "list", "-a", "shop", "--start", "yesterday")).isEqualTo(1);

    assertThat(printed.toString()).contains("\"yesterday\" is no time; expected one like");
  }

  @Test
  void whoamiShowsProjects() {
    assertThat(run(new WhoamiCommand(), "--show-projects", "-f", "json")).isZero();

    assertThat(printed.toString()).contains("\"projects\"", "\"g1\"");
  }
}
