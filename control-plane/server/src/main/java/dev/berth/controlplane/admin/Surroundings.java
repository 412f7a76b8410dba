package dev.berth.controlplane.admin;

import dev.berth.appmodel.packages.PackageStore;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.logs.LogQueue;
import dev.berth.controlplane.packages.PackageIntake;
import dev.berth.identity.Accounts;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.UserAdministration;
import dev.berth.invocation.Invoker;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the control plane needs of others.
///
/// @param checks what an app must pass before it goes live
/// @param announcement gets each change once it is kept
/// @param catalog what is live in this process
/// @param invoker runs functions for administrators
/// @param accounts the users of apps, asked for when they are needed
/// @param users the same, as administrators see them
/// @param intake brings packages into the store
/// @param packages the store
/// @param logs what is to be written into the logs of apps
/// @param identity how passwords are hashed, and how long users stay signed in
public record Surroundings(
    ControlPlaneSettings settings,
    DeploymentChecks checks,
    Consumer<AppChange> announcement,
    AppCatalog catalog,
    Invoker invoker,
    Supplier<Accounts> accounts,
    Supplier<UserAdministration> users,
    PackageIntake intake,
    PackageStore packages,
    LogQueue logs,
    IdentitySettings identity,
    InstantSource clock) {}
