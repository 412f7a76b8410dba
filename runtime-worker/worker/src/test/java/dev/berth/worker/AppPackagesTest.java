package dev.berth.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Packages;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.jsruntime.JsEngine;
import dev.berth.jsruntime.packages.PackageFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Each revision gets the packages that its definition names.
class AppPackagesTest {

  @Test
  void thePackagesOfEachRevisionAreOpened() throws InterruptedException {
    List<Packages> opened = new CopyOnWriteArrayList<>();
    InMemoryAppCatalog catalog = new InMemoryAppCatalog();
    Worker worker =
        Worker.start(
            WorkerSettings.forCores(1),
            JsEngine.start(),
            catalog,
            Map.of(),
            _ -> {},
            WorkerMetrics.NONE,
            packages -> {
              opened.add(packages);
              return PackageFiles.none();
            });
    Packages packages = new Packages("0a".repeat(32), 1, 2);
    DeployedApp without = RunningWorker.app(RunningWorker.newApp(), 1, "exports = () => 1;");
    DeployedApp with =
        new DeployedApp(
            RunningWorker.newApp(),
            without.revision(),
            without.definition().with(packages),
            without.secrets());

    catalog.apply(new AppChange.Deployed(without));
    catalog.apply(new AppChange.Deployed(with));
    worker.stop(Duration.ofSeconds(10));

    assertThat(opened).containsExactly(Packages.none(), packages);
  }
}
