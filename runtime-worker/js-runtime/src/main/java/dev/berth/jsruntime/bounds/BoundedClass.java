package dev.berth.jsruntime.bounds;

import com.oracle.truffle.js.runtime.JSContextOptions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/// A class of the engine with our checks in it, as the JVM takes it, and what it was made from.
final class BoundedClass {

  private final String name;
  private final String neighbour;
  private final long checksum;
  private final byte[] bytes;

  /// @param name with dots
  /// @param neighbour a class of the same package, which may be loaded early
  /// @param checksum of the class file it was made from, see [#checksum(byte\[\])]
  BoundedClass(String name, String neighbour, long checksum, byte[] bytes) {
    this.name = name;
    this.neighbour = neighbour;
    this.checksum = checksum;
    this.bytes = bytes;
  }

  static BoundedClass readFrom(DataInput in) throws IOException {
    String name = in.readUTF();
    String neighbour = in.readUTF();
    long checksum = in.readLong();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new BoundedClass(name, neighbour, checksum, bytes);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeUTF(name);
    out.writeUTF(neighbour);
    out.writeLong(checksum);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Whether it was made from the very class that the engine of this JVM has.
  boolean fits() throws IOException {
    return checksum(original(name)) == checksum;
  }

  /// Keeps the class file where the JVM finds it before that of the engine, as long as the engine
  /// is on the class path behind this module.
  ///
  /// @param folder of classes
  void writeInto(Path folder) throws IOException {
    Path file = folder.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /// Gives the class to the JVM, unless the JVM finds it by itself.
  ///
  /// @throws IllegalStateException when the class is loaded already, or cannot be
  void define() throws IOException {
    if (isFoundFirst()) {
      return;
    }
    try {
      MethodHandles.privateLookupIn(load(neighbour), MethodHandles.lookup()).defineClass(bytes);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(
          "the class " + name + " of the JavaScript engine could not be bounded", e);
    }
  }

  /// A class file is looked for as the class itself is.
  private boolean isFoundFirst() throws IOException {
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = load(neighbour).getResourceAsStream(file)) {
      return in != null && Arrays.equals(in.readAllBytes(), bytes);
    } catch (ClassNotFoundException e) {
      throw new IOException("no class " + neighbour, e);
    }
  }

  /// The class file that the engine brings, and not the one beside our own classes.
  static byte[] original(String name) throws IOException {
    URL engine = JSContextOptions.class.getProtectionDomain().getCodeSource().getLocation();
    URI file = URI.create("jar:" + engine + "!/" + name.replace('.', '/') + ".class");
    try (InputStream in = file.toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  /// Tells one version of a class from another. Nobody who could forge it would need to.
  static long checksum(byte[] file) {
    CRC32 checksum = new CRC32();
    checksum.update(file);
    return (long) file.length << Integer.SIZE | checksum.getValue();
  }

  private static Class<?> load(String neighbour) throws ClassNotFoundException {
    return Class.forName(neighbour, false, JSContextOptions.class.getClassLoader());
  }
}
