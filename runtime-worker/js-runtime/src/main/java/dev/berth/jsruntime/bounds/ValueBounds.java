package dev.berth.jsruntime.bounds;

import java.io.IOException;

/// How large one value of app code may get. Past a bound app code gets a `RangeError`, which it
/// may catch: nothing was allocated and nothing computed.
///
/// They guard the whole JVM: the watchdog only sees what has been allocated, so no single
/// operation may take more than the heap has left, and none may compute for long without a place
/// where it can be stopped. They hold for every engine of the JVM, from the first one on.
///
/// The engine has options for the first three, but forbids them in a sandbox; for the others it
/// has none. How they are put up, and what a new version of the engine may break, is in
/// RATIONALE.md.
public final class ValueBounds {

  /// Characters of a string, which take one byte each, or two when one of them needs two.
  public static final int STRING_CHARACTERS = 1 << 25;

  /// Bytes of an `ArrayBuffer`, and so of a typed array.
  public static final int BUFFER_BYTES = 1 << 25;

  /// Arguments of a call, also through `apply` and spread.
  public static final int ARGUMENTS = 65_535;

  /// Bits of a `BigInt`: some 78,900 decimal digits.
  public static final int BIGINT_BITS = 1 << 18;

  /// Characters of a function file.
  public static final int FILE_CHARACTERS = 1 << 20;

  /// Characters of a file of a package.
  public static final int PACKAGE_FILE_CHARACTERS = 5 << 20;

  /// Characters of a source that app code evaluates while it runs.
  public static final int EVALUATED_CHARACTERS = 1 << 18;

  /// Elements of an array without large gaps.
  public static final int ARRAY_ELEMENTS = 1 << 23;

  /// Objects and arrays inside one another in a text of JSON. Each takes the stack of several
  /// calls, and a collection of garbage has to walk over all of it.
  public static final int JSON_DEPTH = 10_000;

  private static boolean raised;

  private ValueBounds() {}

  /// Puts the bounds up, once in a JVM and before its first engine.
  ///
  /// @throws IllegalStateException when that is impossible: app code must not run then
  public static synchronized void raise() {
    if (raised) {
      return;
    }
    // Before anything of the engine runs: to read its options loads many of its classes.
    defineClasses();
    OptionDefaults.lower();
    raised = true;
  }

  private static void defineClasses() {
    try {
      for (BoundedClass each : PreparedClasses.readOrMake()) {
        each.define();
      }
    } catch (IOException e) {
      throw new IllegalStateException("the JavaScript engine could not be bounded", e);
    }
  }
}
