/// From where the apps of a project may be reached.
@NullMarked
package dev.berth.controlplane.admin.security;

import org.jspecify.annotations.NullMarked;
