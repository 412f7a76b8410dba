/// Tests of how processes learn of stored apps.
@NullMarked
package dev.berth.controlplane.follow;

import org.jspecify.annotations.NullMarked;
