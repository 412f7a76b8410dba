/// Users, sessions, keys and passwords as documents of the database `berth`.
@NullMarked
package dev.berth.identity.store;

import org.jspecify.annotations.NullMarked;
