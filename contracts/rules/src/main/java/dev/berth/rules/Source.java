package dev.berth.rules;

import dev.berth.appmodel.ExpressionScope;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the value of an expansion comes from: the first name after `%%`.
public enum Source {
  /// `%%values`: the app's values by name, with secrets in the place of their names.
  VALUES("values"),
  /// `%%environment`: `{tag, values}`.
  ENVIRONMENT("environment"),
  /// `%%request`: `{httpMethod, remoteIPAddress, requestHeaders: {<Name>: [<value>, …]}, …}`.
  REQUEST("request"),
  /// `%%user`: `{id, type, data, custom_data, identities}`, without an id when nobody signed in.
  USER("user"),
  /// `%%root`: the document at the end of the operation.
  ROOT("root"),
  /// `%%prevRoot`: the document before a write.
  PREV_ROOT("prevRoot"),
  /// `%%this`: the field at the end of the operation.
  THIS("this"),
  /// `%%prev`: the field before a write.
  PREV("prev"),
  /// `%%args`: the arguments of a service's action.
  ARGS("args"),
  /// `%%partition`: of partition-based sync, which is not served; always missing.
  PARTITION("partition");

  private final String spelling;

  Source(String spelling) {
    this.spelling = spelling;
  }

  /// The name after `%%`.
  String spelling() {
    return spelling;
  }

  static @Nullable Source find(String spelling) {
    return Arrays.stream(values())
        .filter(source -> source.spelling.equals(spelling))
        .findFirst()
        .orElse(null);
  }

  static List<Source> allIn(ExpressionScope scope) {
    return Arrays.stream(values()).filter(source -> source.isIn(scope)).toList();
  }

  boolean isIn(ExpressionScope scope) {
    return switch (this) {
      case VALUES, ENVIRONMENT, REQUEST, USER -> true;
      case ROOT, PREV_ROOT, PARTITION -> hasDocument(scope);
      case THIS, PREV -> scope == ExpressionScope.FIELD;
      case ARGS -> scope == ExpressionScope.ACTION;
    };
  }

  /// Whether it differs from document to document.
  boolean isOfDocument() {
    return switch (this) {
      case ROOT, PREV_ROOT, THIS, PREV -> true;
      case VALUES, ENVIRONMENT, REQUEST, USER, ARGS, PARTITION -> false;
    };
  }

  private static boolean hasDocument(ExpressionScope scope) {
    return scope == ExpressionScope.DOCUMENT || scope == ExpressionScope.FIELD;
  }
}
