package dev.berth.appmodel;

/// The built-in authorization scheme of an endpoint.
public enum ValidationMethod {
  NO_VALIDATION,
  SECRET_AS_QUERY_PARAM,
  VERIFY_PAYLOAD
}
