package dev.berth.controlplane.admin.http;

/// How long a route may take. Those that are quick never wait for those that are not.
public enum Pace {
  /// A few queries.
  QUICK,
  /// An app is checked, packed or run; minutes when packages are installed.
  SLOW
}
