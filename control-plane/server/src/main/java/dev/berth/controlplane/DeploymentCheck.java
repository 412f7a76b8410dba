package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import java.util.List;

/// Something that must hold before an app may go live. A pure function of its arguments.
@FunctionalInterface
public interface DeploymentCheck {

  /// Every problem found, errors and warnings, in the order of the files; none when all is well.
  List<Problem> check(AppDefinition definition, Secrets secrets);
}
