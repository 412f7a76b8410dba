package dev.berth.jsruntime.url;

import dev.berth.jsruntime.compute.Computation;
import dev.berth.jsruntime.compute.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the global `URL` asks for, by the names the prelude calls it. A URL is answered as its
/// parts, one on each line: no part of a URL holds the end of a line.
public final class Urls {

  /// What is longer is refused: reading takes some nanoseconds for each character.
  private static final int MOST_CHARACTERS = 1 << 20;

  private Urls() {}

  public static Map<String, Computation> computations() {
    return Map.of("url.parse", Urls::parse, "url.change", Urls::change);
  }

  /// @param texts what is to be read, and the base if there is one
  private static String parse(List<String> texts) throws RefusedException {
    UrlRecord base = texts.size() < 2 ? null : read(texts.get(1), null);
    return parts(read(texts.get(0), base));
  }

  private static UrlRecord read(String text, @Nullable UrlRecord base) throws RefusedException {
    try {
      return UrlParser.parse(bounded(text), base);
    } catch (UrlSyntaxException _) {
      throw new RefusedException("Invalid URL");
    }
  }

  private static String bounded(String text) throws RefusedException {
    if (text.length() > MOST_CHARACTERS) {
      throw new RefusedException("Invalid URL");
    }
    return text;
  }

  /// @param texts the URL, the name of a property of `URL`, and its new value
  private static String change(List<String> texts) throws RefusedException {
    UrlRecord url = read(texts.get(0), null);
    String value = bounded(texts.get(2));
    try {
      set(url, texts.get(1), value);
    } catch (UrlSyntaxException _) {
      // A value that does not fit changes nothing, or what came before the part that does not.
    }
    return parts(url);
  }

  private static void set(UrlRecord url, String property, String value) throws UrlSyntaxException {
    switch (property) {
      case "protocol" -> UrlParser.change(url, value + ":", UrlParser.State.SCHEME_START);
      case "username" -> {
        if (!url.cannotHaveCredentials()) {
          url.username = PercentEncoding.USER.encode(value);
        }
      }
      case "password" -> {
        if (!url.cannotHaveCredentials()) {
          url.password = PercentEncoding.USER.encode(value);
        }
      }
      case "host" -> changeHost(url, value, UrlParser.State.HOST);
      case "hostname" -> changeHost(url, value, UrlParser.State.HOSTNAME);
      case "port" -> changePort(url, value);
      case "pathname" -> changePath(url, value);
      case "search" -> changeQuery(url, value);
      case "hash" -> changeFragment(url, value);
      default -> throw new IllegalArgumentException("no property of URL: " + property);
    }
  }

  private static void changeHost(UrlRecord url, String value, UrlParser.State state)
      throws UrlSyntaxException {
    if (url.opaquePath == null) {
      UrlParser.change(url, value, state);
    }
  }

  private static void changePort(UrlRecord url, String value) throws UrlSyntaxException {
    if (url.cannotHaveCredentials()) {
      return;
    }
    if (value.isEmpty()) {
      url.port = -1;
    } else {
      UrlParser.change(url, value, UrlParser.State.PORT);
    }
  }

  private static void changePath(UrlRecord url, String value) throws UrlSyntaxException {
    if (url.opaquePath == null) {
      url.path = new ArrayList<>();
      UrlParser.change(url, value, UrlParser.State.PATH_START);
    }
  }

  private static void changeQuery(UrlRecord url, String value) throws UrlSyntaxException {
    if (value.isEmpty()) {
      url.query = null;
    } else {
      String query = value.startsWith("?") ? value.substring(1) : value;
      UrlParser.change(url, query, UrlParser.State.QUERY);
    }
  }

  private static void changeFragment(UrlRecord url, String value) throws UrlSyntaxException {
    if (value.isEmpty()) {
      url.fragment = null;
    } else {
      String fragment = value.startsWith("#") ? value.substring(1) : value;
      UrlParser.change(url, fragment, UrlParser.State.FRAGMENT);
    }
  }

  /// In the order in which the prelude takes them apart.
  private static String parts(UrlRecord url) {
    return String.join(
        "\n",
        url.href(),
        url.origin(),
        url.scheme + ":",
        url.username,
        url.password,
        url.hostAndPort(),
        url.host == null ? "" : url.host,
        url.port < 0 ? "" : "" + url.port,
        url.pathname(),
        url.search(),
        url.hash());
  }
}
