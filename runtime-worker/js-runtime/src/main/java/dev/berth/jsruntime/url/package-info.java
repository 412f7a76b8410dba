/// URLs as browsers understand them (the URL Standard, <https://url.spec.whatwg.org>): what the
/// global `URL` of functions stands on.
///
/// Read [dev.berth.jsruntime.url.UrlParser] first.
@NullMarked
package dev.berth.jsruntime.url;

import org.jspecify.annotations.NullMarked;
