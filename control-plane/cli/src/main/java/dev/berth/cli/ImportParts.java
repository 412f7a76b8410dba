package dev.berth.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What the original's command line has to be told to take along. Packages always go along here,
/// and files of `hosting/` never do.
final class ImportParts {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = {"-s", "--include-hosting"},
      hidden = true)
  private boolean hosting;

  @Option(
      names = {"-c", "--reset-cdn-cache"},
      hidden = true)
  private boolean cache;

  @Option(names = "--include-node-modules", hidden = true)
  void understandsNodeModules(boolean included) {}

  @Option(names = "--include-package-json", hidden = true)
  void understandsPackageJson(boolean included) {}

  /// Says what was asked for and is not done. A script that asks for it goes on.
  void warn() {
    if (hosting || cache) {
      command
          .commandLine()
          .getErr()
          .println("hosting is not part of Berth: the files of hosting/ stay where they are");
    }
  }
}
