package dev.berth.jsruntime.bounds;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/// The bounded classes, which the build makes and each start reads: to make them takes a second.
public final class PreparedClasses {

  private static final String FILE = "prepared-classes";

  private PreparedClasses() {}

  /// Makes the bounded classes and keeps them. The build runs this; a Berth that runs never does.
  ///
  /// @param arguments the folder that the classes of this module are in
  public static void main(String[] arguments) throws IOException {
    String folder = PreparedClasses.class.getPackageName().replace('.', '/');
    Path classes = Path.of(arguments[0]);
    Path file = classes.resolve(folder).resolve(FILE);
    List<BoundedClass> made = make();
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(made.size());
      for (BoundedClass each : made) {
        each.writeTo(out);
        each.writeInto(classes);
      }
    }
  }

  /// Reads what was kept, or makes it where nothing was, or where the engine is another one.
  static List<BoundedClass> readOrMake() throws IOException {
    List<BoundedClass> prepared = read();
    if (!prepared.isEmpty() && fit(prepared)) {
      return prepared;
    }
    LoggerFactory.getLogger(PreparedClasses.class)
        .atInfo()
        .addKeyValue("prepared", prepared.size())
        .log("bounding the classes of the engine anew, those prepared do not fit it");
    return make();
  }

  static List<BoundedClass> read() throws IOException {
    try (InputStream file = PreparedClasses.class.getResourceAsStream(FILE)) {
      if (file == null) {
        return List.of();
      }
      DataInputStream in = new DataInputStream(new BufferedInputStream(file));
      List<BoundedClass> classes = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        classes.add(BoundedClass.readFrom(in));
      }
      return classes;
    }
  }

  static boolean fit(List<BoundedClass> classes) throws IOException {
    for (BoundedClass each : classes) {
      if (!each.fits()) {
        return false;
      }
    }
    return true;
  }

  static List<BoundedClass> make() throws IOException {
    List<BoundedClass> all = new ArrayList<>();
    for (EngineClass each :
        Stream.of(
                BigIntBounds.classes(),
                StringBounds.classes(),
                SourceBounds.classes(),
                ArrayBounds.classes(),
                LargePieces.classes())
            .flatMap(List::stream)
            .toList()) {
      all.add(each.bounded());
    }
    return all;
  }
}
