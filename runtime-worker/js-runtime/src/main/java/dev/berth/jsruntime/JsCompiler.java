package dev.berth.jsruntime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether a JVM of this JDK can compile JavaScript when it gets hot.
///
/// A JVM has to be started for it: the engine and its compiler are modules then, in a folder that
/// the build puts beside this class's jar. Looking there takes a millisecond; safe from any
/// thread.
public sealed interface JsCompiler {

  /// It can, when it is started with these options.
  record Available(List<String> jvmOptions) implements JsCompiler {
    public Available {
      jvmOptions = List.copyOf(jvmOptions);
    }
  }

  /// It cannot.
  ///
  /// @param reason for the person who starts Berth; no whole sentence
  record Missing(String reason) implements JsCompiler {}

  /// What holds for the JDK this JVM is of.
  static JsCompiler here() {
    Path folder = Modules.folder();
    boolean hasJvmci = ModuleFinder.ofSystem().find("jdk.internal.vm.ci").isPresent();
    return judge(folder, hasJvmci, System.getProperty("os.arch"), Runtime.version());
  }

  /// The same for any JDK.
  ///
  /// @param folder with the modules, or `null`
  /// @param hasJvmci whether the JDK has the interface that the compiler needs
  static JsCompiler judge(
      @Nullable Path folder, boolean hasJvmci, String architecture, Runtime.Version jdk) {
    Runtime.Version compiler = folder == null ? null : Modules.compilerVersion(folder);
    if (folder == null || compiler == null) {
      return new Missing("this build has no compiler");
    }
    if (!Modules.ARCHITECTURES.contains(architecture)) {
      return new Missing("there is no compiler for " + architecture);
    }
    if (!hasJvmci) {
      return new Missing("this JDK has no JVMCI");
    }
    if (compiler.feature() != jdk.feature() || compiler.compareToIgnoreOptional(jdk) > 0) {
      return new Missing(
          "the compiler is for JDK %s and its updates, and this is JDK %s"
              .formatted(Modules.text(compiler), Modules.text(jdk)));
    }
    return new Available(
        List.of("@" + folder.resolve(Modules.OPTIONS), "--upgrade-module-path=" + folder));
  }

  /// The folder that the build makes.
  final class Modules {

    private static final String OPTIONS = "jvm.options";
    private static final String COMPILER = "compiler-";
    private static final String JAR = ".jar";
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

    private Modules() {}

    private static @Nullable Path folder() {
      try {
        Path here =
            Path.of(JsCompiler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = here.resolveSibling("compiled");
        return Files.isReadable(folder.resolve(OPTIONS)) ? folder : null;
      } catch (URISyntaxException e) {
        throw new IllegalStateException("where the runtime was loaded from is no file", e);
      }
    }

    private static Runtime.@Nullable Version compilerVersion(Path folder) {
      try (Stream<Path> files = Files.list(folder)) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.startsWith(COMPILER) && name.endsWith(JAR))
            .map(name -> name.substring(COMPILER.length(), name.length() - JAR.length()))
            .map(Runtime.Version::parse)
            .findFirst()
            .orElse(null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String text(Runtime.Version version) {
      return "%d.%d.%d".formatted(version.feature(), version.interim(), version.update());
    }
  }
}
