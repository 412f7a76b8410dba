package dev.berth.controlplane.admin.logs;

import dev.berth.controlplane.logs.LogEntry;
import dev.berth.controlplane.logs.PeriodUsage;
import java.util.Arrays;
import java.util.List;

/// What can be measured of an app, by the names that the Admin API has for it.
enum Measured {
  OVERALL_SUCCESSFUL_REQUESTS(Calls.ALL, Figure.SUCCEEDED),
  OVERALL_FAILED_REQUESTS(Calls.ALL, Figure.FAILED),
  OVERALL_COMPUTE_MS(Calls.ALL, Figure.TIME),
  AUTH_SUCCESSFUL_REQUESTS(Calls.SIGN_INS, Figure.SUCCEEDED),
  AUTH_FAILED_REQUESTS(Calls.SIGN_INS, Figure.FAILED),
  AUTH_COMPUTE_MS(Calls.SIGN_INS, Figure.TIME),
  AUTH_RESPONSE_MS(Calls.SIGN_INS, Figure.MOST_TOOK),
  ENDPOINTS_SUCCESSFUL_REQUESTS(Calls.ENDPOINTS, Figure.SUCCEEDED),
  /// The only one without an S at its end.
  ENDPOINTS_FAILED_REQUEST(Calls.ENDPOINTS, Figure.FAILED),
  ENDPOINTS_COMPUTE_MS(Calls.ENDPOINTS, Figure.TIME),
  ENDPOINTS_RESPONSE_MS(Calls.ENDPOINTS, Figure.MOST_TOOK),
  SDK_SUCCESSFUL_REQUESTS(Calls.CLIENTS, Figure.SUCCEEDED),
  SDK_FAILED_REQUESTS(Calls.CLIENTS, Figure.FAILED),
  SDK_COMPUTE_MS(Calls.CLIENTS, Figure.TIME),
  SDK_FNS_RESPONSE_MS(Calls.FUNCTIONS, Figure.MOST_TOOK),
  SDK_MQL_SUCCESSFUL_REQUESTS(Calls.DATA, Figure.SUCCEEDED),
  SDK_MQL_FAILED_REQUESTS(Calls.DATA, Figure.FAILED),
  SDK_MQL_COMPUTE_MS(Calls.DATA, Figure.TIME),
  SDK_MQL_RESPONSE_MS(Calls.DATA, Figure.MOST_TOOK);

  /// Calls that are counted together.
  private enum Calls {
    ALL,
    SIGN_INS,
    ENDPOINTS,
    CLIENTS,
    FUNCTIONS,
    DATA
  }

  private enum Figure {
    SUCCEEDED,
    FAILED,
    TIME,
    MOST_TOOK
  }

  private final Calls calls;
  private final Figure figure;

  Measured(Calls calls, Figure figure) {
    this.calls = calls;
    this.figure = figure;
  }

  String units() {
    return switch (figure) {
      case SUCCEEDED, FAILED -> "SCALAR";
      case TIME, MOST_TOOK -> "MILLISECONDS";
    };
  }

  boolean covers(PeriodUsage usage) {
    return switch (calls) {
      case ALL -> true;
      case ENDPOINTS -> usage.type().equals("ENDPOINT");
      case SIGN_INS -> usage.type().equals(LogEntry.SIGN_IN);
      case CLIENTS -> !usage.type().equals("ENDPOINT") && !usage.type().equals(LogEntry.SIGN_IN);
      case FUNCTIONS -> usage.type().equals("FUNCTION");
      case DATA -> usage.type().equals("SERVICE_FUNCTION");
    };
  }

  double valueOf(PeriodUsage usage) {
    return switch (figure) {
      case SUCCEEDED -> usage.succeeded();
      case FAILED -> usage.failed();
      case TIME -> usage.millis();
      case MOST_TOOK -> usage.mostTookMillis();
    };
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }
}
