/// Tests of the control plane against a real, embedded database.
@org.jspecify.annotations.NullMarked
package dev.berth.controlplane;
