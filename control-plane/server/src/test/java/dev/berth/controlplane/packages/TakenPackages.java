package dev.berth.controlplane.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.appmodel.packages.PackageStore;
import dev.berth.appmodel.packages.StoredPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// An app folder with a store beside it, and what becomes of its packages.
final class TakenPackages {

  /// Small, so that a test can pass them.
  static final PackageLimits SMALL = new PackageLimits(200_000, 20, 50_000, 20_000, 60, 300_000);

  private final Path root;
  private final PackageStore store;
  private final PackageIntake intake;
  private final AtomicInteger installations = new AtomicInteger();
  private volatile Instant now = Instant.EPOCH;

  TakenPackages(Path folder, PackageLimits limits, Npm npm) throws IOException {
    this.root = Files.createDirectories(folder.resolve("app")).toRealPath();
    Files.createDirectories(root.resolve("functions"));
    this.store = PackageStore.in(folder.resolve("store"));
    this.intake =
        new PackageIntake(
            store, npm, limits, _ -> installations.incrementAndGet(), _ -> true, () -> now);
  }

  static TakenPackages in(Path folder) throws IOException {
    return new TakenPackages(
        folder, SMALL, new Npm("no-such-command-anywhere", Duration.ofSeconds(1)));
  }

  TakenPackages with(String file, String content) throws IOException {
    return with(file, content.getBytes(UTF_8));
  }

  TakenPackages with(String file, byte[] content) throws IOException {
    Path target = functions(file);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.write(target, content);
    return this;
  }

  /// Lets time pass.
  TakenPackages after(Duration passed) {
    now = now.plus(passed);
    return this;
  }

  Path functions(String file) {
    return root.resolve("functions").resolve(file);
  }

  PackageIntake.Taken take() {
    return intake.take(root);
  }

  StoredPackages files() {
    return store.open(take().packages());
  }

  /// The text of every problem.
  List<String> problems() {
    return take().problems().stream().map(problem -> problem.severity() + " " + problem).toList();
  }

  /// How often npm was about to be started.
  int installations() {
    return installations.get();
  }

  Path storeFolder() {
    return store.folder();
  }
}
