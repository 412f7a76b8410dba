/// What many apps in one worker cost. Read [dev.berth.benchmarks.manyapps.ManyAppsServer] first.
@NullMarked
package dev.berth.benchmarks.manyapps;

import org.jspecify.annotations.NullMarked;
