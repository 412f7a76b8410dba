/// What administrators are refused, wherever in the control plane that is found out.
@NullMarked
package dev.berth.controlplane.refusal;

import org.jspecify.annotations.NullMarked;
