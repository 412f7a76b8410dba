package dev.berth.launcher;

import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.workers.WorkerRole;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// A worker process. Started by another process of ours, never by hand.
@Command(
    name = "worker",
    hidden = true,
    description = "Run app code for the process that starts this.")
final class WorkerCommand implements Callable<Integer> {

  WorkerCommand() {}

  @Override
  public Integer call() throws StartFailure, InterruptedException {
    WorkerRole.Setup setup = WorkerRole.Setup.of(System.getenv());
    if (setup == null) {
      throw new StartFailure("a worker is started by 'berth dev --workers', not by hand");
    }
    WorkerRole.run(setup, System.in, System.out);
    return 0;
  }
}
