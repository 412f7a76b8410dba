package dev.berth.jsruntime.bounds;

import static java.lang.constant.ConstantDescs.CD_void;

import com.oracle.truffle.js.runtime.JSContextOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A class of the engine that gets checks put into its methods before the JVM loads it.
///
/// Whoever makes a large value has to pass these methods, whatever piece of app code asked for
/// it,
/// so one check in the right place covers what a hundred wrappers in JavaScript would not.
final class EngineClass {

  private static final ClassDesc SAFEPOINT =
      ClassDesc.of("com.oracle.truffle.api", "TruffleSafepoint");
  private static final ClassDesc NODE = ClassDesc.of("com.oracle.truffle.api.nodes", "Node");

  private final String name;
  private final List<Change> changes = new ArrayList<>();

  /// @param method name and descriptor of a method, or the beginning of those of some
  private record Change(String method, CodeTransform transform) {}

  /// @param name with dots
  EngineClass(String name) {
    this.name = name;
  }

  /// Runs this code where a method begins.
  EngineClass atStartOf(String method, Consumer<CodeBuilder> check) {
    return in(
        method,
        new CodeTransform() {
          @Override
          public void atStart(CodeBuilder code) {
            check.accept(code);
          }

          @Override
          public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
          }
        });
  }

  /// Changes the code of a method.
  EngineClass in(String method, CodeTransform transform) {
    changes.add(new Change(method, transform));
    return this;
  }

  /// Lets the invocation end here when it has to. The engine looks for that where a program calls
  /// or loops, but not in all loops of its own.
  static void poll(CodeBuilder code) {
    code.aconst_null().invokestatic(SAFEPOINT, "poll", MethodTypeDesc.of(CD_void, NODE));
  }

  /// Gives the changed class to the JVM.
  ///
  /// @param neighbour a class of the same package, which may be loaded early
  /// @throws IllegalStateException when the class is loaded already, or is not as expected
  void load(String neighbour) {
    try {
      Class<?> beside = Class.forName(neighbour, false, JSContextOptions.class.getClassLoader());
      MethodHandles.privateLookupIn(beside, MethodHandles.lookup()).defineClass(changed(beside));
    } catch (ReflectiveOperationException | IOException | LinkageError e) {
      throw new IllegalStateException(
          "the class " + name + " of the JavaScript engine could not be bounded", e);
    }
  }

  private byte[] changed(Class<?> beside) throws IOException {
    ClassTransform all = ClassTransform.ACCEPT_ALL;
    List<Change> found = new ArrayList<>();
    for (Change change : changes) {
      all =
          all.andThen(
              (builder, element) -> {
                if (element instanceof MethodModel method
                    && (method.methodName().stringValue() + method.methodType().stringValue())
                        .startsWith(change.method())) {
                  found.add(change);
                  builder.transformMethod(
                      method, MethodTransform.transformingCode(change.transform()));
                } else {
                  builder.with(element);
                }
              });
    }
    ClassFile classFile = ClassFile.of();
    byte[] bytes = classFile.transformClass(classFile.parse(original(beside)), all);
    if (!found.containsAll(changes)) {
      throw new IllegalStateException(
          "the class " + name + " of this version of the JavaScript engine has other methods");
    }
    return bytes;
  }

  private byte[] original(Class<?> beside) throws IOException {
    try (InputStream in = beside.getResourceAsStream(simpleName() + ".class")) {
      if (in == null) {
        throw new IOException("no class file of " + name);
      }
      return in.readAllBytes();
    }
  }

  private String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
