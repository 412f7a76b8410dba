/// What an app keeps of its users in a collection of its own.
@NullMarked
package dev.berth.identity.customdata;

import org.jspecify.annotations.NullMarked;
