/// The commands that manage apps: clients of the Admin API, which may run on any machine.
///
/// Read [dev.berth.cli.AdminApi] first, then [dev.berth.cli.PushCommand].
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
