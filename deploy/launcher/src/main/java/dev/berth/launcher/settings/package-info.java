/// What an operator can set, as it is written on a command line or in an environment.
@NullMarked
package dev.berth.launcher.settings;

import org.jspecify.annotations.NullMarked;
