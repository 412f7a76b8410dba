/// Routes of organizations: their projects, their administrators and what they may use.
@NullMarked
package dev.berth.controlplane.admin.organizations;

import org.jspecify.annotations.NullMarked;
