package dev.berth.jsruntime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.graalvm.polyglot.Source;

/// One file of the prelude: our JavaScript that runs in each new context before any app code.
///
/// @param source an arrow function that gets the private object of the prelude
record PreludeFile(Source source) {

  /// In this order: later files use what earlier ones leave.
  private static final List<String> NAMES =
      List.of(
          "shared.js",
          "bytes.js",
          "compute.js",
          "bson.js",
          "values.js",
          "run.js",
          "rights.js",
          "console.js",
          "http.js",
          "utils.js",
          "url.js",
          "web.js",
          "changes.js",
          "mongodb.js",
          "httpclient.js",
          "fetch.js",
          "context.js",
          "modules.js",
          "driver.js",
          "globals.js");

  static List<PreludeFile> all() {
    return NAMES.stream().map(PreludeFile::read).toList();
  }

  private static PreludeFile read(String name) {
    try (InputStream in = PreludeFile.class.getResourceAsStream("prelude/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the prelude file " + name + " is not in the build");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // Internal: its frames do not show in the stack traces of app code.
      return new PreludeFile(
          Source.newBuilder(JsEngine.LANGUAGE, text, "berth:" + name)
              .internal(true)
              .buildLiteral());
    } catch (IOException e) {
      throw new UncheckedIOException("the prelude file " + name + " cannot be read", e);
    }
  }
}
