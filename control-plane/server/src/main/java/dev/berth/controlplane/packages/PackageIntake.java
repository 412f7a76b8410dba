package dev.berth.controlplane.packages;

import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.packages.PackageStore;
import dev.berth.appmodel.packages.PackageWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the packages of apps into the store. What it has seen before it does not read again.
/// Safe from any thread; every method blocks, for minutes when npm has to install.
public final class PackageIntake {

  private static final Logger LOG = LoggerFactory.getLogger(PackageIntake.class);

  /// The folder may be shared with another process, which uses what it needs at least that often.
  private static final Duration UNUSED = Duration.ofDays(30);

  private final PackageStore store;
  private final KnownSources known;
  private final PackageSources sources;
  private final FailedInstallations failed;

  /// @param npm installs the packages of a `package.json`
  /// @param installing gets the root of an app before npm starts for it
  /// @param reachable which addresses packages may come from that an app names
  public PackageIntake(
      PackageStore store, Npm npm, Consumer<Path> installing, Predicate<InetAddress> reachable) {
    this(store, npm, PackageLimits.standard(), installing, reachable, InstantSource.system());
  }

  PackageIntake(
      PackageStore store,
      Npm npm,
      PackageLimits limits,
      Consumer<Path> installing,
      Predicate<InetAddress> reachable,
      InstantSource clock) {
    this.store = store;
    this.known = new KnownSources(store.folder().resolve("known"));
    this.sources = new PackageSources(npm, limits, installing, reachable);
    this.failed = new FailedInstallations(clock);
  }

  /// The packages of an app, which are in the store.
  ///
  /// @param problems what the author of the app should know; with an error there are no packages
  public record Taken(Packages packages, List<Problem> problems) {

    public Taken {
      problems = List.copyOf(problems);
    }
  }

  /// Takes the packages of the app in a folder.
  ///
  /// @param root of the app, without links in its path
  public Taken take(Path root) {
    List<Problem> problems = new ArrayList<>();
    String file = "functions";
    try {
      PackageSource source = sources.find(root, problems);
      if (source != null) {
        file = source.file();
        KnownSources.Known taken = take(source);
        for (String warning : taken.warnings()) {
          problems.add(Problem.warning(file, "", 0, warning));
        }
        return new Taken(taken.packages(), problems);
      }
    } catch (RefusedPackagesException refused) {
      problems.add(Problem.error(file, "", 0, String.valueOf(refused.getMessage())));
    } catch (AccessDeniedException denied) {
      problems.add(
          Problem.error(file, "", 0, "may not be read: permission denied for " + denied.getFile()));
    } catch (IOException broken) {
      problems.add(Problem.error(file, "", 0, "the packages cannot be read or stored: " + broken));
    }
    return new Taken(Packages.none(), problems);
  }

  private KnownSources.Known take(PackageSource source) throws IOException {
    String fingerprint = source.fingerprint();
    KnownSources.Known before = known.find(fingerprint);
    if (before != null && store.use(before.packages())) {
      return before;
    }
    failed.check(fingerprint);
    try (PackageWriter writer = store.write()) {
      List<String> warnings = source.gather(writer);
      KnownSources.Known taken = new KnownSources.Known(writer.keep(), warnings);
      store.use(taken.packages());
      known.remember(fingerprint, taken);
      failed.remove(fingerprint);
      return taken;
    } catch (FailedInstallationException e) {
      failed.add(fingerprint, e);
      throw e;
    }
  }

  /// Removes what no app needs any more. A failure is logged: the room is only not free yet.
  ///
  /// @param needed by the apps that are deployed now
  public void clean(Set<Packages> needed) {
    try {
      store.clean(needed.stream().map(Packages::digest).collect(Collectors.toSet()), UNUSED);
      known.clean(UNUSED);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("packages that nobody needs could not be removed");
    }
  }
}
