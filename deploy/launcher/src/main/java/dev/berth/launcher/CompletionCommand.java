package dev.berth.launcher;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints what makes a shell complete the commands and options of Berth.
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in a shell.",
      "Use it with: source <(berth completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {

  /// Both read the same script, which asks in which one it is.
  enum Shell {
    BASH,
    ZSH
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  @SuppressWarnings("unused") // picocli refuses every other shell
  private Shell shell = Shell.BASH;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash("berth", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
