/// Tests of what is in this package, with real files and a real database.
@NullMarked
package dev.berth.launcher.database;

import org.jspecify.annotations.NullMarked;
