package dev.berth.endtoend;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// Breaks a built-in of JavaScript in a JVM that runs: `JSON.parse` fails as it would had Java's
/// stack run out while one of its classes was being initialised.
///
/// App code should not be able to, so the JVM is told to, by an agent, which is this class.
public final class BrokenEngine implements ClassFileTransformer {

  private static final String BROKEN = "com/oracle/truffle/js/builtins/json/TruffleJSONParser";

  private static final ClassDesc ERROR = ClassDesc.of("java.lang.NoClassDefFoundError");

  private BrokenEngine() {}

  /// Breaks it in another process.
  ///
  /// @param folder for the agent's file
  static void in(ProcessHandle process, Path folder) throws IOException {
    Path agent = agent(folder);
    try {
      VirtualMachine jvm = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        jvm.loadAgent(agent.toString());
      } finally {
        jvm.detach();
      }
    } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
      throw new IOException("the JVM took no agent", e);
    }
  }

  private static Path agent(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Agent-Class", BrokenEngine.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    Path jar = folder.resolve("agent.jar");
    String file = BrokenEngine.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream in = BrokenEngine.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is not on the class path");
      }
      entries.putNextEntry(new JarEntry(file));
      in.transferTo(entries);
    }
    return jar;
  }

  /// What the JVM calls that is to be broken.
  public static void agentmain(String arguments, Instrumentation jvm)
      throws UnmodifiableClassException {
    jvm.addTransformer(new BrokenEngine(), true);
    for (Class<?> loaded : jvm.getAllLoadedClasses()) {
      if (loaded.getName().equals(BROKEN.replace('/', '.'))) {
        jvm.retransformClasses(loaded);
      }
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    return BROKEN.equals(name) ? broken(bytes) : null;
  }

  private static byte[] broken(byte[] bytes) {
    ClassFile file = ClassFile.of();
    return file.transformClass(
        file.parse(bytes),
        ClassTransform.transformingMethods(
            method -> method.methodName().equalsString("parse"),
            (method, element) -> {
              if (element instanceof CodeModel) {
                method.withCode(
                    code ->
                        code.new_(ERROR)
                            .dup()
                            .loadConstant("Could not initialize class " + BROKEN)
                            .invokespecial(
                                ERROR,
                                ConstantDescs.INIT_NAME,
                                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                            .athrow());
              } else {
                method.with(element);
              }
            }));
  }
}
