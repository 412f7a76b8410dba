/// Tests of what the processes of a cluster do for one another.
@NullMarked
package dev.berth.launcher.roles;

import org.jspecify.annotations.NullMarked;
