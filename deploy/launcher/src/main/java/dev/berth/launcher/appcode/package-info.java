/// What runs app code in a process, put together for the launcher's commands.
@NullMarked
package dev.berth.launcher.appcode;

import org.jspecify.annotations.NullMarked;
