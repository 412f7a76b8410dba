package dev.berth.launcher;

import dev.berth.controlplane.admin.ControlPlane;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.WrongMasterKeyException;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.database.EmbeddedDatabase;
import dev.berth.launcher.database.ExternalDatabase;
import dev.berth.launcher.settings.MasterKeyFile;
import dev.berth.launcher.settings.ServerFile;
import dev.berth.launcher.settings.ServerFile.Setting;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Gives an installation that is stopped another master key.
@Command(
    name = "rotate-master-key",
    description = {
      "Encrypt everything again under another master key, while Berth is stopped.",
      "The key in the data folder is replaced by a new one. Where BERTH_MASTER_KEY has it,",
      "BERTH_NEXT_MASTER_KEY must have the next one. Interrupted, it is to be run again."
    },
    sortOptions = false)
final class RotateMasterKeyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings of `berth start`, for the data folder and the database.")
  private @Nullable Path config;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  RotateMasterKeyCommand() {
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws StartFailure {
    Map<String, String> environment = System.getenv();
    ServerFile file = ServerFile.read(config, environment);
    Path data = Path.of(file.text(Setting.DATA));
    String uri = file.textOrNull(Setting.MONGODB_URI);
    try (Database database = uri == null ? EmbeddedDatabase.open(data) : ExternalDatabase.at(uri)) {
      int again = rotate(database, MasterKeyFile.next(data, environment));
      boolean isInFolder = MasterKeyFile.adoptNext(data, environment);
      spec.commandLine()
          .getOut()
          .println(
              "%d values are encrypted under the new master key%s"
                  .formatted(
                      again,
                      isInFolder
                          ? " in " + data + "; keep a copy of it"
                          : "; start with it as " + MasterKeyFile.VARIABLE));
      return 0;
    }
  }

  private static int rotate(Database database, Vault vault) throws StartFailure {
    Vertx vertx = Cluster.alone();
    try {
      return ControlPlane.rotate(vertx, database.connectionString(), vault);
    } catch (WrongMasterKeyException wrong) {
      throw new StartFailure(String.valueOf(wrong.getMessage()));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
