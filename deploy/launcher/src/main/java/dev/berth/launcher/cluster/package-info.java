/// How the processes of one installation find each other.
@NullMarked
package dev.berth.launcher.cluster;

import org.jspecify.annotations.NullMarked;
