/// The only writer of apps: checks what someone wants to deploy, keeps every revision, announces
/// what is live.
///
/// Read [dev.berth.controlplane.Deployments] first.
@NullMarked
package dev.berth.controlplane;

import org.jspecify.annotations.NullMarked;
