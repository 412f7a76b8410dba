/// Tests of the Admin API over HTTP, on a server and a database of their own.
@NullMarked
package dev.berth.controlplane.admin;

import org.jspecify.annotations.NullMarked;
