/// Users of apps and API keys of servers.
@NullMarked
package dev.berth.controlplane.admin.users;

import org.jspecify.annotations.NullMarked;
