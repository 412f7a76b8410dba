package dev.berth.jsruntime;

import dev.berth.jsruntime.packages.BuiltIns;
import dev.berth.jsruntime.packages.Resolution;
import java.util.concurrent.CompletionException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/// The host's part of `require` in one context: finds files and gives the engine their sources.
/// The other part is `prelude/modules.js`, and only it can call this.
///
/// Files have ids: `p:` and a path in `node_modules`, or `b:` and a path among our own. An answer
/// that begins with `!` is a message.
final class ModuleLoader {

  /// What the store of packages says when it fails is nothing that app code may read.
  private static final String UNREADABLE = "the packages of the app cannot be read";

  private final Context context;
  private final PackageModules modules;
  private final EsModules esModules;

  ModuleLoader(JsEngine engine, Context context, PackageModules modules) {
    this.context = context;
    this.modules = modules;
    this.esModules = new EsModules(engine);
  }

  /// Hands the prelude what it needs.
  void install(Value berth) {
    berth.putMember(
        "resolveModule", (ProxyExecutable) values -> resolve(text(values, 0), text(values, 1)));
    berth.putMember("moduleBody", (ProxyExecutable) values -> body(text(values, 0)));
    berth.putMember("packageText", (ProxyExecutable) values -> packageText(text(values, 0)));
  }

  /// Ends what runs beside the context, from any thread.
  void cancel() {
    esModules.cancel();
  }

  private static String text(Value[] values, int at) {
    return values[at].asString();
  }

  /// @param from the id of the file that asks; empty for a function file
  private String resolve(String from, String request) {
    if (from.startsWith("b:")) {
      String path = BuiltIns.resolve(folder(from), request);
      return path == null ? "!Cannot find module '" + request + "'" : "b:" + path;
    }
    try {
      return switch (modules.resolve(from.isEmpty() ? null : folder(from), request)) {
        case Resolution.BuiltIn(String name) -> "b:node/" + name + ".js";
        case Resolution.File(String path) -> "p:" + path;
        case Resolution.Missing(String message) -> "!" + message;
      };
    } catch (CompletionException _) {
      return "!" + UNREADABLE;
    }
  }

  private static String folder(String id) {
    int slash = id.lastIndexOf('/');
    return slash < 0 ? "" : id.substring(2, slash);
  }

  /// A function for a file of JavaScript; the text for JSON.
  ///
  /// @throws PolyglotException what the engine says of a file that is no JavaScript
  private Object body(String id) {
    String path = id.substring(2);
    try {
      return id.startsWith("b:") ? context.eval(PackageModules.builtIn(path)) : ofPackage(path);
    } catch (IllegalArgumentException e) {
      return "!" + e.getMessage();
    } catch (CompletionException _) {
      return "!" + UNREADABLE;
    }
  }

  private Object ofPackage(String path) {
    return switch (modules.file(path)) {
      case ModuleFile.Refused(String message) -> "!" + message;
      case ModuleFile.Json(String text) -> "=" + text;
      case ModuleFile.EsModule module -> translated(module, path);
      case ModuleFile.Script(Source source) -> run(source, path);
    };
  }

  private Value run(Source source, String path) {
    try {
      return context.eval(source);
    } catch (PolyglotException e) {
      // As newer versions of Node.js do: what only parses as an ES module is one.
      ModuleFile.EsModule module = e.isSyntaxError() ? modules.unmarked(path) : null;
      if (module == null) {
        throw e;
      }
      return translated(module, path);
    }
  }

  private Value translated(ModuleFile.EsModule module, String path) {
    return context.eval(modules.translated(path, esModules.toScript(module.text(), path)));
  }

  /// The text of a file after `=`, for `fs`.
  private String packageText(String path) {
    try {
      String text = modules.text(path);
      return text == null ? "!" : "=" + text;
    } catch (CompletionException _) {
      return "!";
    }
  }
}
