package dev.berth.appmodel;

/// Where an app is reached: everywhere, or in one region.
public enum DeploymentModel {
  GLOBAL,
  LOCAL
}
