package dev.berth.endtoend.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The chart, rendered by Helm's own code as a library. No Kubernetes sees it.
class ChartTest {

  private static final Path CHART = DeployFolder.FOLDER.resolve("helm/berth");

  /// Everything that can be switched on.
  private static final String ALL =
      """
      cluster: {certificate: {certManager: true}}
      gateway: {ingress: {enabled: true, className: nginx, tlsSecret: apps}, javaOptions: -Xmx2g}
      worker: {autoscaling: {waiting: {enabled: true}}}
      packages: {existingClaim: packages}
      metrics: {podMonitor: true}
      podAnnotations: {team: platform}
      nodeSelector: {kubernetes.io/arch: arm64}
      tolerations: [{key: berth, operator: Exists}]
      imagePullSecrets: [{name: images}]
      networkPolicy: {requestsFrom: [{namespaceSelector: {}}], administrationFrom: [{ipBlock: {cidr: 10.0.0.0/8}}]}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "not run: Helm as a library is fetched for Linux on amd64 alone");
  }

  @Test
  void helmFindsNothingToComplainAbout() {
    LintResult result = new Helm(CHART).lint().strict().call();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ALL})
  void whatItRendersFitsTheSchemasOfKubernetes(String values)
      throws IOException, InterruptedException {
    String ofKubernetes =
        List.of(render(values).split("(?m)^---\\s*$", -1)).stream()
            .filter(document -> !document.contains("cert-manager.io/v1"))
            .filter(document -> !document.contains("monitoring.coreos.com/v1"))
            .collect(Collectors.joining("\n---\n"));
    Path file = Files.writeString(folder.resolve("rendered.yaml"), ofKubernetes);

    DeployFolder.assertFitsSchema("kubernetes", file);
  }

  @Test
  void eachRoleIsADeploymentThatMayDoLittleAndIsProbed() throws IOException {
    Map<String, YamlObject> deployments = named(render(""), "Deployment");

    assertThat(deployments)
        .containsOnlyKeys("a-berth-gateway", "a-berth-worker", "a-berth-control-plane");
    deployments.forEach(
        (name, deployment) -> {
          YamlObject pod = deployment.object("spec.template.spec");
          YamlObject container = pod.objects("containers").getFirst();
          assertThat(pod.at("automountServiceAccountToken")).isEqualTo(false);
          assertThat(pod.at("securityContext.runAsNonRoot")).isEqualTo(true);
          assertThat(container.at("securityContext.readOnlyRootFilesystem")).isEqualTo(true);
          assertThat(container.at("securityContext.allowPrivilegeEscalation")).isEqualTo(false);
          assertThat(container.at("securityContext.capabilities.drop")).isEqualTo(List.of("ALL"));
          assertThat(container.members())
              .containsKeys("startupProbe", "readinessProbe", "livenessProbe");
          assertThat(container.at("resources.limits.memory")).isNotNull();
          assertThat(container.objects("env"))
              .extracting(variable -> variable.text("name"))
              .doesNotHaveDuplicates()
              .isSubsetOf(DeployFolder.variables());
        });
  }

  @Test
  void aSettingOfARoleCountsBeforeThatOfAllRoles() throws IOException {
    Map<String, YamlObject> deployments =
        named(render("{settings: {drain: 7s}, gateway: {settings: {drain: 9s}}}"), "Deployment");

    assertThat(variable(deployments.get("a-berth-gateway"), "BERTH_DRAIN")).isEqualTo("9s");
    assertThat(variable(deployments.get("a-berth-worker"), "BERTH_DRAIN")).isEqualTo("7s");
  }

  @Test
  void workersReachTheOutsideButNoPrivateNetwork() throws IOException {
    Map<String, YamlObject> policies = named(render(""), "NetworkPolicy");

    YamlObject worker = Objects.requireNonNull(policies.get("a-berth-worker")).object("spec");
    YamlObject all = Objects.requireNonNull(policies.get("a-berth")).object("spec");

    assertThat(worker.at("policyTypes")).isEqualTo(List.of("Egress"));
    assertThat(worker.objects("egress").getFirst().objects("to"))
        .extracting(to -> String.valueOf(to.at("ipBlock.except")))
        .anyMatch(except -> except.contains("10.0.0.0/8") && except.contains("169.254.0.0/16"))
        .anyMatch(except -> except.contains("fc00::/7"));
    assertThat(all.at("policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
    assertThat(all.objects("ingress")).hasSize(2);
    assertThat(all.objects("egress")).hasSize(3);
  }

  @Test
  void workersAreAsManyAsWaitingCallsWant() throws IOException {
    YamlObject scaling =
        Objects.requireNonNull(named(render(ALL), "HorizontalPodAutoscaler").get("a-berth-worker"));

    assertThat(scaling.objects("spec.metrics"))
        .extracting(metric -> metric.text("pods.metric.name"))
        .contains("berth_invocations_waiting");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{settings: {mongodb-uri: 'mongodb://user:password@host'}}",
        "{gateway: {replicas: none}}",
        "{worker: {settings: {Worker_Heap: 1g}}}",
      })
  void valuesThatCannotBeMeantAreRefused(String values) {
    assertThatThrownBy(() -> render(values)).hasMessageContaining("schema");
  }

  private static @Nullable String variable(@Nullable YamlObject deployment, String name) {
    return Objects.requireNonNull(deployment)
        .object("spec.template.spec")
        .objects("containers")
        .getFirst()
        .objects("env")
        .stream()
        .filter(variable -> variable.text("name").equals(name))
        .map(variable -> variable.text("value"))
        .findFirst()
        .orElse(null);
  }

  private String render(String values) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    return new Helm(CHART)
        .template()
        .withName("a")
        .withNamespace("apps")
        .withKubeVersion("1.31.0")
        .withValuesFile(file)
        .call();
  }

  private static Map<String, YamlObject> named(String rendered, String kind) {
    return DeployFolder.yaml(rendered).stream()
        .filter(document -> document.text("kind").equals(kind))
        .collect(
            Collectors.toMap(document -> document.text("metadata.name"), document -> document));
  }
}
