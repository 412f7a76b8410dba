package dev.berth.jsruntime.bounds;

import com.oracle.truffle.js.runtime.JSContextOptions;
import java.lang.reflect.Field;
import org.graalvm.options.OptionKey;

/// Lowers the defaults of options of the engine that cannot be set in a sandbox.
final class OptionDefaults {

  private OptionDefaults() {}

  static void lower() {
    set(JSContextOptions.STRING_LENGTH_LIMIT, ValueBounds.STRING_CHARACTERS);
    set(JSContextOptions.MAX_TYPED_ARRAY_LENGTH, ValueBounds.BUFFER_BYTES);
    set(JSContextOptions.FUNCTION_ARGUMENTS_LIMIT, (long) ValueBounds.ARGUMENTS);
    set(JSContextOptions.MAX_APPLY_ARGUMENT_LENGTH, ValueBounds.ARGUMENTS);
  }

  private static <T> void set(OptionKey<T> option, T value) {
    try {
      Field defaultValue = OptionKey.class.getDeclaredField("defaultValue");
      defaultValue.setAccessible(true);
      defaultValue.set(option, value);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "this version of the JavaScript engine keeps its options in a way Berth does not know",
          e);
    }
    if (!value.equals(option.getDefaultValue())) {
      throw new IllegalStateException("a limit of the JavaScript engine could not be lowered");
    }
  }
}
