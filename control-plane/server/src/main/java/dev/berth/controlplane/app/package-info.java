/// The apps of all projects: what is known of each, its drafts, its revisions with every file,
/// and how a revision goes live.
///
/// Read [dev.berth.controlplane.app.Releases] first. Everything here blocks.
@NullMarked
package dev.berth.controlplane.app;

import org.jspecify.annotations.NullMarked;
