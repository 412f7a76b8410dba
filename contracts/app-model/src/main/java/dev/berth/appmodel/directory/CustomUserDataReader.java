package dev.berth.appmodel.directory;

import dev.berth.appmodel.CustomUserData;
import org.jspecify.annotations.Nullable;

/// Reads `auth/custom_user_data.json`, in older layouts a part of the root file.
final class CustomUserDataReader {

  private static final String SERVICE = "mongo_service_name";

  private final Reading reading;

  CustomUserDataReader(Reading reading) {
    this.reading = reading;
  }

  CustomUserData read(ObjectReader root) {
    ObjectReader fields =
        reading.layout().isFirstGeneration()
            ? root.object("custom_user_data_config")
            : reading.object("auth/custom_user_data.json");
    if (fields == null) {
      return CustomUserData.disabled();
    }
    boolean enabled = fields.flag("enabled");
    String service = text(fields, SERVICE, enabled);
    if (enabled && service != null) {
      reading.references().dataSource(fields.place(SERVICE), service);
    }
    String function = fields.text("on_user_creation_function_name");
    if (function != null) {
      reading.references().function(fields.place("on_user_creation_function_name"), function);
    }
    return new CustomUserData(
        enabled,
        service,
        text(fields, "database_name", enabled),
        text(fields, "collection_name", enabled),
        text(fields, "user_id_field", enabled),
        function);
  }

  private static @Nullable String text(ObjectReader fields, String field, boolean required) {
    return required ? fields.requiredText(field) : fields.text(field);
  }
}
