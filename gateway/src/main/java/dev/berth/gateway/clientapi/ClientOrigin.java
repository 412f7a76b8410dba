package dev.berth.gateway.clientapi;

import dev.berth.gateway.reply.Reply;
import dev.berth.invocation.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The page that a request comes from, and what its browser is told about the reply. Without
/// these headers a page could not even read an error.
///
/// @param origin `null` when no page sent the request
record ClientOrigin(@Nullable String origin) {

  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,1024}");

  private static final Header VARY = new Header("Vary", "Origin");
  private static final Header EXPOSED =
      new Header("Access-Control-Expose-Headers", "X-Baas-Location, X-Stitch-Location");
  private static final Header METHODS =
      new Header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
  private static final Header HEADERS =
      new Header("Access-Control-Allow-Headers", "authorization, content-type, accept");
  private static final Header MAX_AGE = new Header("Access-Control-Max-Age", "600");

  ClientOrigin {
    origin = origin != null && PRINTABLE.matcher(origin).matches() ? origin : null;
  }

  /// The reply, for the page to read.
  Reply let(Reply reply) {
    return new Reply(reply.status(), with(reply.headers(), EXPOSED), reply.body());
  }

  /// The answer to a browser that asks before it sends.
  Reply preflight() {
    return new Reply(204, with(List.of(METHODS, HEADERS, MAX_AGE)), null);
  }

  private List<Header> with(List<Header> headers, Header... more) {
    List<Header> all = new ArrayList<>(headers);
    if (origin != null) {
      all.add(new Header("Access-Control-Allow-Origin", origin));
      all.add(VARY);
      all.addAll(List.of(more));
    }
    return all;
  }
}
