package dev.berth.catalog;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;

/// One revision of an app, complete: what a gateway needs to route to it and a worker to run it.
public record DeployedApp(AppId id, Revision revision, AppDefinition definition, Secrets secrets) {}
