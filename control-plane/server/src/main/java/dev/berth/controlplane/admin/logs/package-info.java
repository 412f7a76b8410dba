/// The logs of apps, for those who look for something.
@NullMarked
package dev.berth.controlplane.admin.logs;

import org.jspecify.annotations.NullMarked;
