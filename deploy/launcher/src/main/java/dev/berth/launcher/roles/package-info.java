/// `berth start --role`: a process that is one part of a cluster, or several.
///
/// Read [dev.berth.launcher.roles.RoleProcess] first.
@NullMarked
package dev.berth.launcher.roles;

import org.jspecify.annotations.NullMarked;
