/// Worker processes: the process itself, and what starts, watches and replaces it.
@NullMarked
package dev.berth.launcher.workers;

import org.jspecify.annotations.NullMarked;
