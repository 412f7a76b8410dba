/// How the files of apps are kept.
@NullMarked
package dev.berth.controlplane.app;

import org.jspecify.annotations.NullMarked;
