package dev.berth.jsruntime.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The modules of Node.js: which there are, and their files, which come with Berth.
///
/// `node/NAME.js` is the module of that name; `npm/` holds the packages from npm that some of
/// them
/// are made of.
public final class BuiltIns {

  private static final Set<String> PRESENT =
      Set.of(
          "assert",
          "assert/strict",
          "async_hooks",
          "buffer",
          "console",
          "constants",
          "crypto",
          "dgram",
          "diagnostics_channel",
          "dns",
          "dns/promises",
          "events",
          "fs",
          "fs/promises",
          "http",
          "http2",
          "https",
          "module",
          "net",
          "os",
          "path",
          "path/posix",
          "perf_hooks",
          "process",
          "punycode",
          "querystring",
          "stream",
          "stream/promises",
          "string_decoder",
          "sys",
          "timers",
          "timers/promises",
          "tls",
          "tty",
          "url",
          "util",
          "util/types",
          "zlib");

  /// What we do not have. A package gets a module that throws where it is used, because many
  /// require one of these and never use it.
  private static final Set<String> INERT =
      Set.of(
          "child_process",
          "cluster",
          "domain",
          "inspector",
          "readline",
          "readline/promises",
          "stream/web",
          "v8",
          "vm",
          "worker_threads");

  private static final Set<String> ABSENT = Set.of("repl", "sqlite", "trace_events", "wasi");

  private BuiltIns() {}

  static boolean has(String name) {
    return PRESENT.contains(name);
  }

  /// Whether Node.js has such a module, whether or not we do.
  static boolean isKnown(String name) {
    return PRESENT.contains(name) || INERT.contains(name) || ABSENT.contains(name);
  }

  /// Whether packages get a module that throws where it is used.
  static boolean isInert(String name) {
    return INERT.contains(name);
  }

  /// What a request of a built-in module comes to: a path of a file of ours, or `null`.
  ///
  /// @param folder of the file that asks
  public static @Nullable String resolve(String folder, String request) {
    if (!request.startsWith(".")) {
      String name = request.endsWith("/") ? request.substring(0, request.length() - 1) : request;
      return has(name) ? "node/" + name + ".js" : "npm/" + name + "/index.js";
    }
    String path = ModulePath.resolve(folder, request);
    if (path == null || path.endsWith(".js")) {
      return path;
    }
    // The package has a second one, for where there is no stream module yet.
    return path.endsWith("/internal/streams/stream") ? path + "-browser.js" : path + ".js";
  }

  /// The text of a file of ours.
  ///
  /// @throws IllegalStateException when it is not in the build
  public static String text(String path) {
    try (InputStream in = BuiltIns.class.getResourceAsStream("/dev/berth/jsruntime/" + path)) {
      if (in == null) {
        throw new IllegalStateException("the built-in file " + path + " is not in the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in file " + path + " cannot be read", e);
    }
  }
}
