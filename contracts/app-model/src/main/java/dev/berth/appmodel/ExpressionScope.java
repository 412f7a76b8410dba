package dev.berth.appmodel;

/// What an expression may speak of, besides the request, the user, the values and the
/// environment; that depends on where it stands.
public enum ExpressionScope {
  /// Nothing more: who may call an endpoint or a function, and when a filter applies.
  REQUEST,
  /// A document before and after the operation; a bare name is a field of it.
  DOCUMENT,
  /// The same, and the value of one of its fields before and after.
  FIELD,
  /// The arguments of a service's action; a bare name is one of them.
  ACTION
}
