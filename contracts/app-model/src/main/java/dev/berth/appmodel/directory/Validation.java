package dev.berth.appmodel.directory;

import dev.berth.appmodel.ValidationMethod;
import org.jspecify.annotations.Nullable;

/// The authorization scheme of an endpoint or of the Data API, and its secret.
///
/// @param secretName `null` with `NO_VALIDATION`
record Validation(ValidationMethod method, @Nullable String secretName) {

  static final Choices<ValidationMethod> METHODS = Choices.of(ValidationMethod.class);

  static Validation read(ObjectReader fields, Reading reading) {
    String field = fields.has("validation_method") ? "validation_method" : "verification_method";
    ValidationMethod method = fields.choice(field, METHODS, ValidationMethod.NO_VALIDATION);
    if (method == ValidationMethod.NO_VALIDATION) {
      return new Validation(method, null);
    }
    String secret = fields.text("secret_name");
    if (secret == null) {
      fields.error("secret_name", "\"secret_name\" is required by " + method + " and missing");
    } else {
      reading.references().secret(fields.place("secret_name"), secret);
    }
    return new Validation(method, secret);
  }
}
