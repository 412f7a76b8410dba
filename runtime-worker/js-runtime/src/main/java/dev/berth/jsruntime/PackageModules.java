package dev.berth.jsruntime;

import dev.berth.jsruntime.bounds.ValueBounds;
import dev.berth.jsruntime.packages.BuiltIns;
import dev.berth.jsruntime.packages.ModuleResolver;
import dev.berth.jsruntime.packages.PackageFiles;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;

/// The modules that the functions of one app revision may require, as the engine gets them: each
/// is read and parsed once, for all contexts. Safe from any thread.
final class PackageModules {

  private static final Pattern ES_MODULE = Pattern.compile("(?m)^\\s*(?:import|export)\\b");

  /// Names that modules expect in the global scope, and a context does not have there. Those that
  /// a file mentions are handed to it.
  private static final Pattern GLOBALS =
      Pattern.compile(
          "\\b(?:process|Buffer|URL|URLSearchParams|AbortController|AbortSignal|Event|EventTarget"
              + "|performance|btoa|atob)\\b"
              + "|(?<![.\\w$'\"/])crypto(?=\\s*\\.\\s*(?:getRandomValues|randomUUID|subtle)\\b)"
              + "|(?<=typeof )crypto\\b");

  private static final Pattern OUR_GLOBALS = Pattern.compile(GLOBALS.pattern() + "|\\bhost\\b");

  /// The files that come with Berth are the same for all apps.
  private static final Map<String, Source> BUILT_INS = new ConcurrentHashMap<>();

  private final PackageFiles files;
  private final ModuleResolver resolver;
  private final Map<String, Source> sources = new ConcurrentHashMap<>();

  PackageModules(PackageFiles files) {
    this.files = files;
    this.resolver = new ModuleResolver(files);
  }

  ModuleResolver resolver() {
    return resolver;
  }

  /// The text of a file by what `__filename` calls it, or `null` when there is none that may be
  /// read.
  @Nullable String text(String fileName) {
    String path = ModuleResolver.pathOf(fileName);
    return path == null || !files.isFile(path) ? null : json(path);
  }

  /// The text of a JSON file, or `null` when there is none that may be loaded.
  @Nullable String json(String path) {
    String text = files.text(path);
    return text == null || text.length() > ValueBounds.PACKAGE_FILE_CHARACTERS ? null : text;
  }

  /// Whether a file is longer than any may be.
  boolean isTooLong(String path) {
    String text = files.text(path);
    return text != null && text.length() > ValueBounds.PACKAGE_FILE_CHARACTERS;
  }

  /// What runs for a file, or `null` when there is none that may be loaded.
  ///
  /// @param toScript turns an ES module into a script that does the same
  @Nullable Source source(String path, UnaryOperator<String> toScript) {
    Source known = sources.get(path);
    if (known != null) {
      return known;
    }
    String text = files.text(path);
    if (text == null || text.length() > ValueBounds.PACKAGE_FILE_CHARACTERS) {
      return null;
    }
    String script = resolver.isEsModule(path) ? toScript.apply(text) : text;
    Source source = wrapped(script, "node_modules/" + path, GLOBALS, false);
    sources.put(path, source);
    return source;
  }

  /// What runs for a file that did not parse as a script, or `null` when it is no ES module
  /// either.
  @Nullable Source translated(String path, UnaryOperator<String> toScript) {
    String text = files.text(path);
    if (text == null || resolver.isEsModule(path) || !ES_MODULE.matcher(text).find()) {
      return null;
    }
    Source source = wrapped(toScript.apply(text), "node_modules/" + path, GLOBALS, false);
    sources.put(path, source);
    return source;
  }

  /// @param path of a file of ours
  static Source builtIn(String path) {
    return BUILT_INS.computeIfAbsent(
        path, _ -> wrapped(BuiltIns.text(path), "berth:" + path, OUR_GLOBALS, true));
  }

  /// Nothing is put on a line of its own before the text: line numbers are the file's.
  private static Source wrapped(String text, String name, Pattern globals, boolean internal) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (body.startsWith("#!")) {
      body = "//" + body;
    }
    String source =
        "({"
            + String.join(",", mentioned(body, globals))
            + "}) => function (exports, require, module, __filename, __dirname) {"
            + body
            + "\n}";
    return Source.newBuilder(JsEngine.LANGUAGE, source, name).internal(internal).buildLiteral();
  }

  private static Set<String> mentioned(String text, Pattern names) {
    var found = new TreeSet<String>();
    Matcher matcher = names.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
