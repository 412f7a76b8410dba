/// Tests of the command line and of the `berth` script.
@NullMarked
package dev.berth.launcher;

import org.jspecify.annotations.NullMarked;
