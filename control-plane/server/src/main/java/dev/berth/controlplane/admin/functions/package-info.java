/// Functions of apps: which there are, and running one.
@NullMarked
package dev.berth.controlplane.admin.functions;

import org.jspecify.annotations.NullMarked;
