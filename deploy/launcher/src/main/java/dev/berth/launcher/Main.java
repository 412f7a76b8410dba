package dev.berth.launcher;

import dev.berth.cli.AccessListCommand;
import dev.berth.cli.ApiKeysCommand;
import dev.berth.cli.AppsCommand;
import dev.berth.cli.CommandFailure;
import dev.berth.cli.DeployCommand;
import dev.berth.cli.FunctionCommand;
import dev.berth.cli.LoginCommand;
import dev.berth.cli.LogoutCommand;
import dev.berth.cli.LogsCommand;
import dev.berth.cli.OrgsCommand;
import dev.berth.cli.ProjectsCommand;
import dev.berth.cli.PullCommand;
import dev.berth.cli.PushCommand;
import dev.berth.cli.SecretsCommand;
import dev.berth.cli.UsersCommand;
import dev.berth.cli.WhoamiCommand;
import dev.berth.jsruntime.UnfitJvmException;
import dev.berth.launcher.console.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line of Berth. Exits with 0 when all is well, 1 when Berth cannot do what was
/// asked, 2 when it was asked wrongly.
@Command(
    name = "berth",
    description = "A self-hosted home for App Services apps.",
    subcommands = {
      AccessListCommand.class,
      ApiKeysCommand.class,
      AppsCommand.class,
      ClusterCommand.class,
      CompletionCommand.class,
      DeployCommand.class,
      DevCommand.class,
      FunctionCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      LogsCommand.class,
      OrgsCommand.class,
      ProjectsCommand.class,
      PullCommand.class,
      PushCommand.class,
      RotateMasterKeyCommand.class,
      SecretsCommand.class,
      StartCommand.class,
      TrainCommand.class,
      UsersCommand.class,
      VersionCommand.class,
      WhoamiCommand.class,
      WorkerCommand.class
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main(CommandSpec spec) {
    this.spec = spec;
  }

  private Main() {
    this(CommandSpec.create());
  }

  /// Runs the command and ends the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine berth = new CommandLine(new Main());
    berth.getSubcommands().values().forEach(Main::explainEach);
    return berth
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explainFailure);
  }

  /// What a mistake is answered with points there, in every command below another one, too.
  private static void explainEach(CommandLine command) {
    if (!command.getCommandSpec().mixinStandardHelpOptions()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
    }
    command.getSubcommands().values().forEach(Main::explainEach);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what should Berth do?");
  }

  private static int explainUsage(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println("berth: " + mistake.getMessage());
    command.getErr().printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return CommandLine.ExitCode.USAGE;
  }

  private static int explainFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (failure instanceof StartFailure
        || failure instanceof CommandFailure
        || failure instanceof UnfitJvmException) {
      command.getErr().println("berth: " + failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
