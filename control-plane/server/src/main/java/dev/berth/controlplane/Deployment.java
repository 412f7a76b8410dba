package dev.berth.controlplane;

import dev.berth.appmodel.Problem;
import dev.berth.catalog.DeployedApp;
import java.time.Instant;
import java.util.List;

/// How an attempt to deploy ended.
public sealed interface Deployment {

  /// The app is kept and announced.
  ///
  /// @param deployedAt when its revision was deployed first; earlier than now when nothing
  /// changed
  /// @param warnings what its author should know, none of it an error
  record Deployed(DeployedApp app, Instant deployedAt, List<Problem> warnings)
      implements Deployment {

    public Deployed {
      warnings = List.copyOf(warnings);
    }
  }

  /// Nothing changed: what was served before is served still.
  ///
  /// @param problems all of them, at least one an error
  record Rejected(List<Problem> problems) implements Deployment {

    public Rejected {
      problems = List.copyOf(problems);
      if (problems.stream().noneMatch(Problem::isError)) {
        throw new IllegalArgumentException("rejected without an error: " + problems);
      }
    }
  }
}
