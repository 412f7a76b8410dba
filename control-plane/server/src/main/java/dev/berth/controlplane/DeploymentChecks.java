package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.controlplane.packages.PackageIntake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// All checks an app must pass. Needs no store, so an app can be checked before there is one.
public final class DeploymentChecks {

  private final List<DeploymentCheck> checks;
  private final Function<Path, PackageIntake.Taken> packages;

  /// Checks of apps whose packages nobody takes in.
  public DeploymentChecks(List<DeploymentCheck> checks) {
    this(checks, _ -> new PackageIntake.Taken(Packages.none(), List.of()));
  }

  /// @param packages takes in those of the app with that root
  public DeploymentChecks(
      List<DeploymentCheck> checks, Function<Path, PackageIntake.Taken> packages) {
    this.checks = List.copyOf(checks);
    this.packages = packages;
  }

  /// Takes in the packages and runs every check on the calling thread, which may take long, and
  /// minutes when packages have to be installed: not an event loop.
  ///
  /// That every secret exists which the app names, and that every expression means something, is
  /// always among them; without that an app would run half configured.
  ///
  /// @param stored the secrets of the app; those that its own files carry are added
  public Verdict verdict(AppDirectory.Loaded app, Secrets stored) {
    Path root = app.root();
    PackageIntake.Taken taken =
        root == null ? new PackageIntake.Taken(Packages.none(), List.of()) : packages.apply(root);
    AppDefinition definition = app.definition().with(taken.packages());
    Secrets secrets = definition.withLiteralSecrets(stored);
    List<Problem> problems = new ArrayList<>(app.warnings());
    problems.addAll(app.missingSecrets(secrets.names()));
    problems.addAll(ExpressionCheck.problemsOf(app));
    problems.addAll(taken.problems());
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
