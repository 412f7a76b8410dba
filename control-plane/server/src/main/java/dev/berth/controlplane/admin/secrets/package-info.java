/// Secrets of apps, which only ever go in.
@NullMarked
package dev.berth.controlplane.admin.secrets;

import org.jspecify.annotations.NullMarked;
