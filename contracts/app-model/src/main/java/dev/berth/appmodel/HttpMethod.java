package dev.berth.appmodel;

/// The methods an endpoint can be bound to; `ANY` is `*` in files and catches what no specific
/// endpoint of the same route takes.
public enum HttpMethod {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE,
  /// Known to legacy incoming webhooks only.
  HEAD,
  ANY
}
