package dev.berth.controlplane;

/// The organization and project that every installation has from its first day: whose the apps
/// are that come from folders.
public final class LocalTenant {

  public static final String ORGANIZATION = "62657274686f7267616e697a";
  public static final String PROJECT = "626572746870726f6a656374";
  public static final String NAME = "local";

  private LocalTenant() {}
}
