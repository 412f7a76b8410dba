package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.controlplane.packages.PackageIntake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All checks an app must pass. Needs no store, so an app can be checked before there is one.
public final class DeploymentChecks {

  private final List<DeploymentCheck> checks;
  private final Function<Path, PackageIntake.Taken> packages;
  private final LinkCheck links;

  /// Checks of apps whose packages nobody takes in, and whose data sources are all linked.
  public DeploymentChecks(List<DeploymentCheck> checks) {
    this(checks, _ -> new PackageIntake.Taken(Packages.none(), List.of()), (_, _) -> true);
  }

  /// @param packages takes in those of the app with that root
  /// @param links which data sources lead anywhere
  public DeploymentChecks(
      List<DeploymentCheck> checks,
      Function<Path, PackageIntake.Taken> packages,
      LinkedDataSources links) {
    this.checks = List.copyOf(checks);
    this.packages = packages;
    this.links = new LinkCheck(links);
  }

  /// Takes in the packages and runs every check on the calling thread, which may take long, and
  /// minutes when packages have to be installed: not an event loop.
  ///
  /// That every secret exists which the app names, that every expression means something, and
  /// that every data source leads to a database, is always among them; without that an app
  /// would run half configured.
  ///
  /// @param stored the secrets of the app; those that its own files carry are added
  public Verdict verdict(AppDirectory.Loaded app, Secrets stored) {
    return verdict(app.definition().declaredId(), app, stored);
  }

  /// The same for an app that has an App ID, whatever its files say.
  public Verdict verdict(@Nullable AppId appId, AppDirectory.Loaded app, Secrets stored) {
    Path root = app.root();
    PackageIntake.Taken taken =
        root == null ? new PackageIntake.Taken(Packages.none(), List.of()) : packages.apply(root);
    AppDefinition definition = app.definition().with(taken.packages());
    Secrets secrets = definition.withLiteralSecrets(stored);
    List<Problem> problems = new ArrayList<>(app.warnings());
    problems.addAll(app.missingSecrets(secrets.names()));
    problems.addAll(ExpressionCheck.problemsOf(app));
    problems.addAll(taken.problems());
    problems.addAll(links.problemsOf(definition, appId));
    checks.forEach(check -> problems.addAll(check.check(definition, secrets)));
    return problems.stream().anyMatch(Problem::isError)
        ? new Verdict.Failed(problems)
        : new Verdict.Passed(definition, secrets, problems);
  }

  /// What the checks found.
  public sealed interface Verdict {

    /// The app may go live.
    ///
    /// @param warnings what its author should know, none of it an error
    record Passed(AppDefinition definition, Secrets secrets, List<Problem> warnings)
        implements Verdict {

      public Passed {
        warnings = List.copyOf(warnings);
      }
    }

    /// The app may not go live.
    ///
    /// @param problems all of them, at least one an error
    record Failed(List<Problem> problems) implements Verdict {

      public Failed {
        problems = List.copyOf(problems);
      }
    }
  }
}
