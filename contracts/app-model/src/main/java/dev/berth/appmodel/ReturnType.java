package dev.berth.appmodel;

/// The format of a serialised result when the request's `Accept` does not choose one.
public enum ReturnType {
  JSON,
  EJSON
}
