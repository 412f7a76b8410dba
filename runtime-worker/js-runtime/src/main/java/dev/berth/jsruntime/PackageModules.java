package dev.berth.jsruntime;

import dev.berth.jsruntime.bounds.ValueBounds;
import dev.berth.jsruntime.packages.BuiltIns;
import dev.berth.jsruntime.packages.ModuleResolver;
import dev.berth.jsruntime.packages.PackageFiles;
import dev.berth.jsruntime.packages.Resolution;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;

/// The modules that the functions of one app revision may require, as the engine gets them: each
/// is read and parsed once, for all contexts. Safe from any thread.
final class PackageModules {

  private static final Pattern ES_MODULE = Pattern.compile("(?m)^\\s*(?:import|export)\\b");

  /// Names that modules expect in the global scope, where a context has nothing, or something
  /// that
  /// belongs to the invocation and not to a module. Those that a file mentions are handed to it.
  /// `crypto` is the name of a module too, and mostly means that.
  private static final Pattern GLOBALS =
      Pattern.compile(
          "\\b(?:process|Buffer|URL|URLSearchParams|AbortController|AbortSignal|Event|EventTarget"
              + "|performance|btoa|atob)\\b"
              + "|(?<![.\\w$'\"/])crypto(?=\\s*\\.\\s*(?:getRandomValues|randomUUID|subtle)\\b)"
              + "|(?<=typeof )crypto\\b");

  private static final Pattern OUR_GLOBALS = Pattern.compile(GLOBALS.pattern() + "|\\bhost\\b");

  /// The files that come with Berth are the same for all apps.
  private static final Map<String, Source> BUILT_INS = new ConcurrentHashMap<>();

  private static final int MOST_RESOLUTIONS = 20_000;
  private static final Executor OWN_STACKS = Executors.newVirtualThreadPerTaskExecutor();

  private record Request(@Nullable String folder, String name) {}

  private final PackageFiles files;
  private final ModuleResolver resolver;
  private final Map<Request, Resolution> resolutions = new ConcurrentHashMap<>();
  private final Map<String, ModuleFile> loaded = new ConcurrentHashMap<>();

  PackageModules(PackageFiles files) {
    this.files = files;
    this.resolver = new ModuleResolver(files);
  }

  /// What a request comes to.
  ///
  /// @param folder of the file that asks; `null` for a function file
  Resolution resolve(@Nullable String folder, String request) {
    Request key = new Request(folder, request);
    Resolution known = resolutions.get(key);
    if (known != null) {
      return known;
    }
    Resolution found = elsewhere(() -> resolver.resolve(folder, request));
    // There is no end of names for what is missing, and of ways to spell a path.
    if (!(found instanceof Resolution.Missing) && resolutions.size() < MOST_RESOLUTIONS) {
      resolutions.put(key, found);
    }
    return found;
  }

  /// The text of a file by what `__filename` calls it, or `null` when there is none that may be
  /// read.
  @Nullable String text(String fileName) {
    return elsewhere(
            () -> {
              String path = ModuleResolver.pathOf(fileName);
              String text = path == null || !files.isFile(path) ? null : files.text(path);
              return Optional.ofNullable(
                  text == null || text.length() > ValueBounds.PACKAGE_FILE_CHARACTERS
                      ? null
                      : text);
            })
        .orElse(null);
  }

  /// A file that a request came to.
  ModuleFile file(String path) {
    ModuleFile known = loaded.get(path);
    if (known != null) {
      return known;
    }
    ModuleFile read = elsewhere(() -> read(path));
    if (!(read instanceof ModuleFile.EsModule)) {
      loaded.put(path, read);
    }
    return read;
  }

  private ModuleFile read(String path) {
    String text = files.text(path);
    if (text == null) {
      return new ModuleFile.Refused("the file 'node_modules/" + path + "' cannot be read");
    }
    if (text.length() > ValueBounds.PACKAGE_FILE_CHARACTERS) {
      return new ModuleFile.Refused(
          "the file 'node_modules/" + path + "' is too long to be loaded");
    }
    if (path.endsWith(".json")) {
      return new ModuleFile.Json(text);
    }
    return resolver.isEsModule(path)
        ? new ModuleFile.EsModule(text)
        : new ModuleFile.Script(wrapped(text, "node_modules/" + path, GLOBALS, false));
  }

  /// The ES module that a file is which did not parse as a script, or `null` when it is none.
  ModuleFile.@Nullable EsModule unmarked(String path) {
    return elsewhere(
            () -> {
              String text = files.text(path);
              boolean isOne = text != null && ES_MODULE.matcher(text).find();
              return Optional.ofNullable(
                  text == null || !isOne || resolver.isEsModule(path)
                      ? null
                      : new ModuleFile.EsModule(text));
            })
        .orElse(null);
  }

  /// Keeps what an ES module was translated to.
  Source translated(String path, String script) {
    Source source = elsewhere(() -> wrapped(script, "node_modules/" + path, GLOBALS, false));
    loaded.put(path, new ModuleFile.Script(source));
    return source;
  }

  /// Does it on another stack: app code may ask at the very end of its own, where a class that is
  /// initialised for the first time would stay broken for everybody.
  private static <T> T elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, OWN_STACKS).join();
  }

  /// @param path of a file of ours
  static Source builtIn(String path) {
    Source known = BUILT_INS.get(path);
    if (known != null) {
      return known;
    }
    Source made = elsewhere(() -> wrapped(BuiltIns.text(path), "berth:" + path, OUR_GLOBALS, true));
    BUILT_INS.put(path, made);
    return made;
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
