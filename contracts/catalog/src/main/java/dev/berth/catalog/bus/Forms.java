package dev.berth.catalog.bus;

import dev.berth.appmodel.Secrets;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The forms of all types that one type is made of, found once by reflection.
///
/// A type that no form knows is refused here, when a process starts, and not when a message of
/// it travels.
final class Forms {

  /// Raise it when the forms themselves write something else for the same type.
  private static final int VERSION = 1;

  private static final int FINGERPRINT_BYTES = 8;

  private final Map<Class<?>, Form> named = new LinkedHashMap<>();
  private final Form root;

  /// Finds the forms of a type and of all that it is made of.
  ///
  /// @throws IllegalArgumentException with the place of the first type that has no form
  Forms(Class<?> root) {
    this.root = of(root, root.getName());
  }

  /// The form of the type that all the others belong to.
  Form root() {
    return root;
  }

  /// Every record, sealed interface and enum, and what it is made of, one a line.
  String structure() {
    return named.values().stream()
        .map(Form::structure)
        .sorted()
        .collect(Collectors.joining("\n", "version " + VERSION + "\n", "\n"));
  }

  /// A short text that differs when the structure does.
  String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(structure().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, FINGERPRINT_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private Form of(Class<?> type, String place) {
    Form leaf = LeafForm.BY_CLASS.get(type);
    Form known = leaf == null ? named.get(type) : leaf;
    if (known != null) {
      return known;
    }
    // A form is known before its parts are, because a type may contain itself.
    if (type.isRecord()) {
      RecordForm form = new RecordForm(type);
      named.put(type, form);
      form.resolve(this::of);
      return form;
    }
    if (type.isSealed() && type.isInterface()) {
      ChoiceForm form = new ChoiceForm(type);
      named.put(type, form);
      form.resolve(permitted -> of(permitted, place));
      return form;
    }
    Form form =
        type.isEnum() ? new EnumForm(type) : type == Secrets.class ? new SecretsForm() : null;
    if (form == null) {
      throw new IllegalArgumentException("no form knows " + type.getName() + " of " + place);
    }
    named.put(type, form);
    return form;
  }

  private Form of(AnnotatedType declared, String place) {
    if (declared.getType() instanceof Class<?> type) {
      return of(type, place);
    }
    if (declared instanceof AnnotatedParameterizedType generic) {
      Form form = ofGeneric(generic, place);
      if (form != null) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "no form knows " + declared.getType().getTypeName() + " of " + place);
  }

  private @Nullable Form ofGeneric(AnnotatedParameterizedType generic, String place) {
    AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
    if (generic.getType() instanceof ParameterizedType type) {
      if (type.getRawType() == List.class || type.getRawType() == Set.class) {
        return new SequenceForm(element(arguments[0], place), type.getRawType() == Set.class);
      }
      if (type.getRawType() == Map.class && arguments[0].getType() == String.class) {
        return new MapForm(element(arguments[1], place));
      }
    }
    return null;
  }

  private Form element(AnnotatedType declared, String place) {
    if (declared.isAnnotationPresent(Nullable.class)) {
      throw new IllegalArgumentException("no form knows elements that may be null, of " + place);
    }
    return of(declared, place);
  }
}
