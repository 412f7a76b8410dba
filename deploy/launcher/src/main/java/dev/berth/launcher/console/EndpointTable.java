package dev.berth.launcher.console;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.ValidationMethod;
import dev.berth.catalog.DeployedApp;
import java.util.ArrayList;
import java.util.List;

/// The endpoints of an app in columns: method, URL, function, and who may call.
final class EndpointTable {

  private EndpointTable() {}

  static String of(BaseUrl url, DeployedApp app) {
    if (app.definition().endpoints().isEmpty()) {
      return "(no endpoints)";
    }
    List<List<String>> rows = new ArrayList<>();
    for (Endpoint endpoint : app.definition().endpoints()) {
      rows.add(
          List.of(
              method(endpoint.method()),
              url.of(app.id(), endpoint.route()),
              endpoint.functionName(),
              caller(app, endpoint)));
    }
    return aligned(rows);
  }

  static String method(HttpMethod method) {
    return method == HttpMethod.ANY ? "*" : method.name();
  }

  private static String caller(DeployedApp app, Endpoint endpoint) {
    FunctionDefinition function = app.definition().functions().get(endpoint.functionName());
    String mode = function == null ? "" : authentication(function.runAs());
    String scheme =
        switch (endpoint.validationMethod()) {
          case NO_VALIDATION -> "";
          case SECRET_AS_QUERY_PARAM -> ", secret in the query";
          case VERIFY_PAYLOAD -> ", signed body";
        };
    return mode + scheme + (endpoint.disabled() ? ", disabled" : "");
  }

  private static String authentication(RunAs runAs) {
    return switch (runAs) {
      case RunAs.Caller() -> "application authentication";
      case RunAs.AsSystem() -> "system";
      case RunAs.AsUser(_) -> "user id";
      case RunAs.ByScript(_) -> "script";
    };
  }

  /// Whether a request needs nothing but its URL.
  static boolean isOpen(DeployedApp app, Endpoint endpoint) {
    FunctionDefinition function = app.definition().functions().get(endpoint.functionName());
    return !endpoint.disabled()
        && endpoint.validationMethod() == ValidationMethod.NO_VALIDATION
        && function != null
        && function.runAs() instanceof RunAs.AsSystem;
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        line.append(row.get(column)).repeat(" ", widths[column] - row.get(column).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
