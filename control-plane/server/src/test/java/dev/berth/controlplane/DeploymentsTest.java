package dev.berth.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.appmodel.directory.SecretReference;
import dev.berth.catalog.AppChange;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentsTest {

  private final InMemoryAppStore store = new InMemoryAppStore();
  private final List<AppChange> announced = new ArrayList<>();
  private final Problem badScript = Problem.error("functions/a.js", "", 3, "unexpected }");
  private final Problem oddity = Problem.warning("functions/a.js", "", 1, "odd");

  @Test
  void aDeploymentIsKeptBeforeItIsAnnounced() {
    List<Integer> keptWhenAnnounced = new ArrayList<>();
    Deployments deployments =
        new Deployments(
            store,
            new DeploymentChecks(List.of()),
            _ -> keptWhenAnnounced.add(store.revisions.size()));

    deployments.deploy(
        Definitions.loaded(Definitions.withId("named-abcde", "x")), Secrets.none(), "/a");

    assertThat(keptWhenAnnounced).containsExactly(1);
  }

  @Test
  void anyErrorMeansThatAllAreToldAndNothingIsKeptNorAnnounced() {
    AppDirectory.Loaded app =
        Definitions.loaded(
            Definitions.withoutId("app", "x"),
            new SecretReference("token", "values/a.json", "/value", 4));

    Deployment result = deploy(app, Secrets.none(), (_, _) -> List.of(badScript, oddity));

    assertThat(result)
        .isInstanceOfSatisfying(
            Deployment.Rejected.class,
            rejected ->
                assertThat(rejected.problems().stream().map(Problem::toString))
                    .containsExactly(
                        "values/a.json:4 /value: there is no secret named \"token\"",
                        "functions/a.js:3: unexpected }",
                        "functions/a.js:1: odd"));
    assertThat(announced).isEmpty();
    assertThat(store.revisions).isEmpty();
    assertThat(store.ids).isEmpty();
  }

  @Test
  void aWarningDoesNotStopADeploymentAndIsHandedOn() {
    Deployment result =
        deploy(Definitions.withoutId("app", "x"), Secrets.none(), (_, _) -> List.of(oddity));

    assertThat(result)
        .isInstanceOfSatisfying(
            Deployment.Deployed.class,
            deployed -> assertThat(deployed.warnings()).containsExactly(oddity));
  }

  @Test
  void anAppWhoseSecretsExistIsDeployedWithThem() {
    AppDirectory.Loaded app =
        Definitions.loaded(
            Definitions.withoutId("app", "x"),
            new SecretReference("token", "values/a.json", "/value", 4));
    Secrets secrets = Secrets.of(Map.of("token", "s3cret"));

    Deployment result = deploy(app, secrets);

    assertThat(result)
        .isInstanceOfSatisfying(
            Deployment.Deployed.class,
            deployed -> assertThat(deployed.app().secrets().find("token")).isEqualTo("s3cret"));
  }

  @Test
  void anIdenticalRedeploymentMakesNoNewRevisionButIsAnnouncedForAProcessThatKnowsNothingYet() {
    deploy(Definitions.withId("named-abcde", "x"), Secrets.none());

    deploy(Definitions.withId("named-abcde", "x"), Secrets.none());

    assertThat(announced)
        .hasSize(2)
        .allSatisfy(
            change ->
                assertThat(change)
                    .isInstanceOfSatisfying(
                        AppChange.Deployed.class,
                        deployed ->
                            assertThat(deployed.app().revision()).isEqualTo(new Revision(1))));
  }

  private Deployment deploy(AppDefinition definition, Secrets secrets, DeploymentCheck... checks) {
    return deploy(Definitions.loaded(definition), secrets, checks);
  }

  private Deployment deploy(AppDirectory.Loaded app, Secrets secrets, DeploymentCheck... checks) {
    return new Deployments(store, new DeploymentChecks(List.of(checks)), announced::add)
        .deploy(app, secrets, "/home/ann/app")
        .result();
  }

  private static final class InMemoryAppStore implements AppStore {

    private final Map<Origin, AppId> ids = new HashMap<>();
    private final Map<AppId, StoredRevision> revisions = new HashMap<>();

    @Override
    public Future<AppId> idFor(Origin origin) {
      return Future.succeededFuture(
          ids.computeIfAbsent(origin, _ -> new AppId(origin.name() + "-fghij")));
    }

    @Override
    public Future<StoredRevision> keep(AppId id, String name, String digest) {
      return Future.succeededFuture(
          revisions.compute(
              id,
              (_, latest) ->
                  latest != null && latest.digest().equals(digest)
                      ? latest
                      : new StoredRevision(
                          latest == null ? new Revision(1) : latest.revision().next(),
                          Instant.now(),
                          digest)));
    }
  }
}
