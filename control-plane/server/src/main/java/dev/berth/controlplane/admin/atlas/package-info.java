/// What clients ask the Atlas API for: projects, and clusters by name.
@NullMarked
package dev.berth.controlplane.admin.atlas;

import org.jspecify.annotations.NullMarked;
