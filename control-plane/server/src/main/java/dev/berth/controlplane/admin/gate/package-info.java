/// Who may do what: the one place where administrators are authenticated and where an id of
/// somebody else's project or app is an id of nothing.
@NullMarked
package dev.berth.controlplane.admin.gate;

import org.jspecify.annotations.NullMarked;
