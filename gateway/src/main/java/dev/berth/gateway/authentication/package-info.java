/// As whom a request runs, decided before anything of the app does.
///
/// Read [dev.berth.gateway.authentication.Authenticator] first: it is the port that user stores
/// implement.
@NullMarked
package dev.berth.gateway.authentication;

import org.jspecify.annotations.NullMarked;
