/// Tests of who is in a cluster.
@NullMarked
package dev.berth.launcher.cluster;

import org.jspecify.annotations.NullMarked;
