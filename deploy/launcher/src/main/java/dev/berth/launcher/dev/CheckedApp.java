package dev.berth.launcher.dev;

import dev.berth.controlplane.DeploymentChecks.Verdict;

/// An app that may go live, and where it comes from.
record CheckedApp(AppFolder folder, Verdict.Passed verdict) {}
