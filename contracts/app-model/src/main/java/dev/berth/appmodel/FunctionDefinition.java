package dev.berth.appmodel;

import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// One serverless function: its name, its configuration and its source.
///
/// @param name path-like, without `.js`: `utils/add`
/// @param file where the source was read from, relative to the app root; for messages
/// @param source JavaScript that assigns a function to `exports`
/// @param isPrivate whether clients may not call it
/// @param canEvaluate the authorization expression; an empty document allows everyone
/// @param logArguments false when `disable_arg_logs` is set
public record FunctionDefinition(
    String name,
    String file,
    String source,
    boolean isPrivate,
    BsonValue canEvaluate,
    boolean logArguments,
    RunAs runAs) {

  /// The script that says as whom the function runs, as a function that can be called: empty when
  /// there is none. It is not among the functions of its app, and its name holds a `:`, which
  /// nothing that an author names may hold.
  public Optional<FunctionDefinition> runAsScript() {
    return switch (runAs) {
      case RunAs.ByScript(String script) ->
          Optional.of(
              new FunctionDefinition(
                  "run_as:" + name,
                  file + " (run_as_user_id_script_source)",
                  script,
                  true,
                  new BsonDocument(),
                  logArguments,
                  new RunAs.AsSystem()));
      case RunAs.Caller(), RunAs.AsSystem(), RunAs.AsUser(_) -> Optional.empty();
    };
  }
}
