package dev.berth.jsruntime.bounds;

import static java.lang.constant.ConstantDescs.CD_void;

import com.oracle.truffle.js.runtime.JSContextOptions;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A class of the engine that gets checks put into its methods before a JVM loads it.
///
/// Whoever makes a large value has to pass these methods, whatever piece of app code asked for
/// it, so one check in the right place covers what a hundred wrappers in JavaScript would not.
final class EngineClass {

  private static final ClassDesc SAFEPOINT =
      ClassDesc.of("com.oracle.truffle.api", "TruffleSafepoint");
  private static final ClassDesc NODE = ClassDesc.of("com.oracle.truffle.api.nodes", "Node");

  /// Finds the engine also where it is not on the class path of the JVM, as in a build.
  private static final ClassHierarchyResolver TYPES =
      ClassHierarchyResolver.ofResourceParsing(JSContextOptions.class.getClassLoader())
          .orElse(ClassHierarchyResolver.defaultResolver());

  private final String name;
  private String neighbour = "";
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

  /// @param neighbour a class of the same package, which may be loaded early
  EngineClass beside(String neighbour) {
    this.neighbour = neighbour;
    return this;
  }

  /// Reads the class file that the engine brings, and puts the checks in.
  ///
  /// @throws IllegalStateException when the class is not as expected
  BoundedClass bounded() throws IOException {
    byte[] original = BoundedClass.original(name, neighbour);
    return new BoundedClass(name, neighbour, BoundedClass.checksum(original), changed(original));
  }

  private byte[] changed(byte[] original) {
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
    ClassFile classFile = ClassFile.of(ClassHierarchyResolverOption.of(TYPES));
    byte[] bytes = classFile.transformClass(classFile.parse(original), all);
    if (!found.containsAll(changes)) {
      throw new IllegalStateException(
          "the class " + name + " of this version of the JavaScript engine has other methods");
    }
    return bytes;
  }
}
