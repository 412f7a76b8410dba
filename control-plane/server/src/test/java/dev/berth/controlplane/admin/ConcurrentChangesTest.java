package dev.berth.controlplane.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppDefinition;
import dev.berth.catalog.AppChange;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes that come while another one is being checked.
class ConcurrentChangesTest {

  private static final byte[] MANIFEST = "{\"dependencies\":{}}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private RunningControlPlane plane;
  private LocalApp shop;

  @BeforeEach
  void anApp() {
    plane = RunningControlPlane.localIn(folder);
    shop = LocalApp.make(plane, "shop");
    shop.push("x").require(204);
  }

  @AfterEach
  void stop() {
    plane.close();
  }

  @Test
  void packagesThatComeDuringAnImportStay() {
    once("y", this::installManifest);

    shop.push("y").require(204);

    assertThat(shop.source()).contains("y");
    assertThat(manifest()).isEqualTo(MANIFEST);
  }

  @Test
  void anImportThatComesWhilePackagesAreInstalledStays() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    plane.checks.add(
        (_, _) -> {
          if (isFirst.getAndSet(false)) {
            shop.push("y").require(204);
          }
          return List.of();
        });

    installManifest();

    assertThat(shop.source()).contains("y");
    assertThat(manifest()).isEqualTo(MANIFEST);
  }

  @Test
  void packagesThatCameAfterADraftWasFilledStay() {
    String draft = shop.draft();
    shop.push("y").require(204);
    installManifest();

    shop.deploy(draft).require(201);

    assertThat(shop.source()).contains("y");
    assertThat(manifest()).isEqualTo(MANIFEST);
  }

  @Test
  void aDraftDoesNotTakeBackWhatSomebodyElseHasDeployed() {
    shop.push("z").require(204);
    String draft = shop.draft();
    shop.push("y").require(204);
    String first =
        shop.client()
            .get(shop.path() + "/deployments")
            .array(200)
            .getJsonObject(1)
            .getString("_id");
    shop.client().post(shop.path() + "/deployments/" + first + "/redeploy").require(204);

    shop.deploy(draft).require(409);

    assertThat(shop.source()).contains("x");
  }

  @Test
  void ofTwoEditsOfADraftAtOnceOneIsRefused() {
    shop.draft();
    once(
        "second",
        () -> shop.client().post(shop.path() + "/functions", function("third")).require(201));

    shop.client().post(shop.path() + "/functions", function("second")).require(409);

    assertThat(shop.client().get(shop.path() + "/functions").text())
        .contains("third")
        .doesNotContain("second");
  }

  @Test
  void whileOneAppIsCheckedAnotherIsDeployed() throws InterruptedException {
    // Their hash codes are the same.
    LocalApp slow =
        LocalApp.make(plane, new JsonObject().put("name", "a").put("client_app_id", "a-Aa"));
    LocalApp quick =
        LocalApp.make(plane, new JsonObject().put("name", "b").put("client_app_id", "a-BB"));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    once(
        "slow",
        () -> {
          entered.countDown();
          await(go);
        });
    CompletableFuture<Integer> pushed =
        CompletableFuture.supplyAsync(() -> slow.push("slow").status());
    assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Integer> other =
        CompletableFuture.supplyAsync(() -> quick.push("quick").status())
            .completeOnTimeout(0, 60, TimeUnit.SECONDS);

    assertThat(other.join()).isEqualTo(204);
    assertThat(pushed).isNotDone();
    go.countDown();
    assertThat(pushed.join()).isEqualTo(204);
  }

  @Test
  void aCheckThatBreaksEndsTheDeploymentAsAFailure() {
    once(
        "y",
        () -> {
          throw new IllegalStateException("a bug");
        });

    shop.push("y").require(500);

    JsonObject last = shop.client().get(shop.path() + "/deployments").array(200).getJsonObject(0);
    assertThat(last.getString("status")).isEqualTo("failed");
    assertThat(last.getString("status_error_message")).contains("internal error");
    assertThat(shop.source()).contains("x");
  }

  @Test
  void anAppThatCannotBeServedKeepsNoOtherFromIt() {
    LocalApp till = LocalApp.make(plane, "till");
    till.push("good").require(204);
    plane.catalog.apply(new AppChange.Removed(till.appId()));
    once(
        "x",
        () -> {
          throw new IllegalStateException("a bug");
        });

    plane.restart();

    assertThat(till.source()).contains("good");
  }

  @Test
  void ofAppsOfOneNameThatAreMadeAtOnceOneIsMade() {
    List<CompletableFuture<Integer>> made =
        IntStream.range(0, 8)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () ->
                            plane
                                .nobody()
                                .post(LocalApp.APPS, new JsonObject().put("name", "twin"))
                                .status()))
            .toList();

    assertThat(made.stream().map(CompletableFuture::join).filter(status -> status == 201))
        .hasSize(1);
  }

  /// Does something when files that contain a text are checked for the first time.
  private void once(String text, Runnable action) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    plane.checks.add(
        (definition, _) -> {
          if (contains(definition, text) && isFirst.getAndSet(false)) {
            action.run();
          }
          return List.of();
        });
  }

  private static boolean contains(AppDefinition definition, String text) {
    return definition.functions().values().stream()
        .anyMatch(function -> function.source().contains("'" + text + "'"));
  }

  private void installManifest() {
    shop.client()
        .upload("PUT", shop.path() + "/dependencies", "package.json", MANIFEST)
        .require(204);
    String status = "created";
    for (int i = 0; i < 3000 && status.equals("created"); i++) {
      status =
          shop.client().get(shop.path() + "/dependencies/status").object(200).getString("status");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    assertThat(status).isEqualTo("successful");
  }

  private byte[] manifest() {
    return Objects.requireNonNull(
        shop.client().get(shop.path() + "/dependencies/export").require(200).body());
  }

  private static JsonObject function(String name) {
    return new JsonObject()
        .put("name", name)
        .put("private", false)
        .put("run_as_system", true)
        .put("source", "exports = () => '" + name + "';");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
