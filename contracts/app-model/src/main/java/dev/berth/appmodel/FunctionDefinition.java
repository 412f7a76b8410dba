package dev.berth.appmodel;

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
    RunAs runAs) {}
