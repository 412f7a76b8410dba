/// Apps as a whole: making and deleting them, what they hold, and how their files come and go.
@NullMarked
package dev.berth.controlplane.admin.apps;

import org.jspecify.annotations.NullMarked;
