/// The audit log: who changed what, when and from where.
@NullMarked
package dev.berth.controlplane.admin.audit;

import org.jspecify.annotations.NullMarked;
