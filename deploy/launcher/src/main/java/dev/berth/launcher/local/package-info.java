/// `berth cluster`: the processes of a cluster, all on this machine, started and stopped
/// together.
@NullMarked
package dev.berth.launcher.local;

import org.jspecify.annotations.NullMarked;
