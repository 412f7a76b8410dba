package dev.berth.jsruntime.bounds;

import com.oracle.truffle.js.runtime.JSContextOptions;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
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
    return checksum(original(name, neighbour)) == checksum;
  }

  /// Gives the class to the JVM.
  ///
  /// @throws IllegalStateException when the class is loaded already, or cannot be
  void define() {
    try {
      MethodHandles.privateLookupIn(load(neighbour), MethodHandles.lookup()).defineClass(bytes);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(
          "the class " + name + " of the JavaScript engine could not be bounded", e);
    }
  }

  /// The class file that the engine brings.
  static byte[] original(String name, String neighbour) throws IOException {
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = load(neighbour).getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("no class file of " + name);
      }
      return in.readAllBytes();
    } catch (ClassNotFoundException e) {
      throw new IOException("no class " + neighbour, e);
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
