package dev.berth.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the original's command line calls the types of log entries: each of its words stands for
/// several (`commands/logs/list_inputs.go` of realm-cli 2.6.3). Any other word is a type itself.
final class LogTypes {

  private LogTypes() {}

  static String of(List<String> words) {
    return words.stream().map(LogTypes::of).collect(Collectors.joining(","));
  }

  private static String of(String word) {
    return switch (word) {
      case "auth" -> "AUTH,API_KEY";
      case "service" -> "SERVICE_FUNCTION,WEBHOOK,SERVICE_STREAM_FUNCTION,STREAM_FUNCTION";
      case "trigger" -> "AUTH_TRIGGER,DB_TRIGGER,SCHEDULED_TRIGGER";
      case "sync" ->
          "SYNC_CONNECTION_START,SYNC_CONNECTION_END,SYNC_SESSION_START,SYNC_SESSION_END,"
              + "SYNC_CLIENT_WRITE,SYNC_ERROR,SYNC_OTHER";
      case "schema" -> "SCHEMA_ADDITIVE_CHANGE,SCHEMA_GENERATION,SCHEMA_VALIDATION";
      default -> word.toUpperCase(Locale.ROOT);
    };
  }
}
