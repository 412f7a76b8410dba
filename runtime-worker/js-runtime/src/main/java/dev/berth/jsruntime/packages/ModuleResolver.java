package dev.berth.jsruntime.packages;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Finds the file that a request means, by the rules of Node.js, among the files of an app's
/// packages and nowhere else. Safe from any thread.
///
/// Requests are hostile: a path that would leave the packages is not found, whatever it says.
public final class ModuleResolver {

  private static final List<String> EXTENSIONS = List.of(".js", ".json", ".cjs", ".mjs");

  /// Where `__filename` begins.
  public static final String ROOT = "/node_modules/";

  private final PackageFiles files;
  private final Map<String, PackageJson> packages = new ConcurrentHashMap<>();

  public ModuleResolver(PackageFiles files) {
    this.files = files;
  }

  /// What a request comes to.
  ///
  /// @param folder of the file that asks, relative to `node_modules`; `null` for a function file
  public Resolution resolve(@Nullable String folder, String request) {
    if (request.startsWith("node:")) {
      return builtIn(folder, request.substring(5), request);
    }
    if (BuiltIns.isKnown(request)) {
      return builtIn(folder, request, request);
    }
    String path = find(folder, request);
    if (path == null) {
      String name = request.endsWith("/") ? request.substring(0, request.length() - 1) : "";
      return BuiltIns.isKnown(name) ? builtIn(folder, name, request) : missing(folder, request);
    }
    return path.endsWith(".node")
        ? new Resolution.Missing("the native add-on '" + path + "' cannot be loaded here")
        : new Resolution.File(path);
  }

  /// Whether a `.js` file is an ES module by what its package says.
  public boolean isEsModule(String path) {
    return path.endsWith(".mjs") || (path.endsWith(".js") && scope(path).isModule());
  }

  /// The path of a file by what `__filename` calls it, or `null` when that is none.
  public static @Nullable String pathOf(String fileName) {
    return fileName.startsWith(ROOT)
        ? ModulePath.resolve("", fileName.substring(ROOT.length()))
        : null;
  }

  private static Resolution builtIn(@Nullable String folder, String name, String request) {
    if (BuiltIns.has(name)) {
      return new Resolution.BuiltIn(name);
    }
    if (folder != null && BuiltIns.isInert(name)) {
      return new Resolution.BuiltIn("absent/" + name);
    }
    return new Resolution.Missing(
        "Cannot find module '"
            + shown(request)
            + "': this runtime does not have that module of Node.js");
  }

  private static Resolution missing(@Nullable String folder, String request) {
    String hint = "";
    if (folder == null && isPath(request)) {
      hint = ": functions call each other with context.functions.execute";
    }
    return new Resolution.Missing("Cannot find module '" + shown(request) + "'" + hint);
  }

  /// A request as a message may hold it.
  private static String shown(String request) {
    String start = request.length() > 200 ? request.substring(0, 200) + "..." : request;
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  private static boolean isPath(String request) {
    return request.startsWith("/")
        || request.equals(".")
        || request.equals("..")
        || request.startsWith("./")
        || request.startsWith("../");
  }

  private @Nullable String find(@Nullable String folder, String request) {
    if (request.isEmpty() || !ModulePath.isClean(request)) {
      return null;
    }
    if (isPath(request)) {
      return findPath(folder, request);
    }
    if (request.startsWith("#")) {
      return folder == null ? null : findImport(folder, request);
    }
    return findPackage(folder == null ? "" : folder, request);
  }

  private @Nullable String findPath(@Nullable String folder, String request) {
    String path = null;
    if (request.startsWith(ROOT)) {
      path = ModulePath.resolve("", request.substring(ROOT.length()));
    } else if (folder != null && !request.startsWith("/")) {
      path = ModulePath.resolve(folder, request);
    }
    if (path == null) {
      return null;
    }
    boolean isFolder = request.endsWith("/") || request.equals(".") || request.endsWith("..");
    return fileOrFolder(path, isFolder);
  }

  private @Nullable String findImport(String folder, String request) {
    String root = scopeFolder(folder);
    BsonValue imports = packageAt(root).imports();
    String target = imports == null ? null : ExportsMap.find(imports, request);
    if (target == null) {
      return null;
    }
    return target.startsWith("./") ? exported(root, target) : findPackage(folder, target);
  }

  /// Walks up from the folder that asks, as nested packages want it.
  private @Nullable String findPackage(String folder, String request) {
    int nameEnd = request.indexOf('/', request.startsWith("@") ? request.indexOf('/') + 1 : 0);
    String name = nameEnd < 0 ? request : request.substring(0, nameEnd);
    String subpath = nameEnd < 0 ? "" : request.substring(nameEnd + 1);
    PackageJson own = packageAt(scopeFolder(folder));
    if (own.exports() != null && own.name().equals(name)) {
      return inPackage(scopeFolder(folder), subpath);
    }
    for (String at = folder; ; at = ModulePath.parent(at)) {
      if (!ModulePath.name(at).equals("node_modules")) {
        String base = at.isEmpty() ? "" : at + "/node_modules";
        String root = ModulePath.resolve(base, name);
        String found =
            root == null || !root.startsWith(base) || root.equals(base)
                ? null
                : inPackage(root, subpath);
        if (found != null) {
          return found;
        }
      }
      if (at.isEmpty()) {
        return null;
      }
    }
  }

  private @Nullable String inPackage(String root, String subpath) {
    BsonValue exports = packageAt(root).exports();
    if (exports != null) {
      String target = ExportsMap.find(exports, subpath.isEmpty() ? "." : "./" + subpath);
      return target == null ? null : exported(root, target);
    }
    String path = ModulePath.resolve(root, subpath);
    return path == null ? null : fileOrFolder(path, subpath.isEmpty() || subpath.endsWith("/"));
  }

  /// A target of `exports` is a file as it stands there, inside its package.
  private @Nullable String exported(String root, String target) {
    String path = target.startsWith("./") ? ModulePath.resolve(root, target) : null;
    return path != null && path.startsWith(root + "/") && files.isFile(path) ? path : null;
  }

  private @Nullable String fileOrFolder(String path, boolean isFolder) {
    String file = isFolder ? null : file(path);
    return file != null ? file : folder(path);
  }

  private @Nullable String file(String path) {
    if (path.isEmpty()) {
      return null;
    }
    if (files.isFile(path)) {
      return path;
    }
    for (String extension : EXTENSIONS) {
      if (files.isFile(path + extension)) {
        return path + extension;
      }
    }
    return files.isFile(path + ".node") ? path + ".node" : null;
  }

  private @Nullable String folder(String path) {
    PackageJson json = packageAt(path);
    String main = main(path, json.main());
    if (main == null) {
      main = file(ModulePath.child(path, "index"));
    }
    return main != null ? main : main(path, json.browser());
  }

  private @Nullable String main(String folder, @Nullable String main) {
    String path = main == null ? null : ModulePath.resolve(folder, main);
    if (path == null) {
      return null;
    }
    String file = file(path);
    return file != null ? file : file(ModulePath.child(path, "index"));
  }

  private PackageJson scope(String path) {
    return packageAt(scopeFolder(ModulePath.parent(path)));
  }

  /// The nearest folder upwards that has a `package.json`; empty when none has.
  private String scopeFolder(String folder) {
    String at = folder;
    while (!at.isEmpty() && !ModulePath.name(at).equals("node_modules")) {
      if (files.isFile(at + "/package.json")) {
        return at;
      }
      at = ModulePath.parent(at);
    }
    return "";
  }

  private PackageJson packageAt(String folder) {
    PackageJson known = packages.get(folder);
    if (known != null) {
      return known;
    }
    String path = folder + "/package.json";
    // What is not there is not remembered: app code may ask for any number of such names.
    String text = folder.isEmpty() || !files.isFile(path) ? null : files.text(path);
    if (text == null) {
      return PackageJson.EMPTY;
    }
    PackageJson read = PackageJson.parse(text);
    packages.put(folder, read);
    return read;
  }
}
