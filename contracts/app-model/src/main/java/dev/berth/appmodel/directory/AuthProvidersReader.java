package dev.berth.appmodel.directory;

import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.MetadataField;
import dev.berth.appmodel.AuthProvider.OAuth.Service;
import dev.berth.appmodel.AuthProvider.Settings;
import dev.berth.appmodel.AuthProvider.SigningAlgorithm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads `auth/providers.json`, in older layouts `auth_providers/<name>.json`.
final class AuthProvidersReader {

  private static final int MOST_SIGNING_KEYS = 3;
  private static final int LONGEST_SUBJECT = 256;

  private final Reading reading;
  private final Choices<Function<ObjectReader, Settings>> types;

  AuthProvidersReader(Reading reading) {
    this.reading = reading;
    Map<String, Function<ObjectReader, Settings>> readers = new LinkedHashMap<>();
    readers.put("anon-user", _ -> new AuthProvider.Anonymous());
    readers.put("api-key", _ -> new AuthProvider.ApiKey());
    readers.put("local-userpass", this::emailPassword);
    readers.put("custom-token", this::customToken);
    readers.put("custom-function", this::customFunction);
    for (Service service : Service.values()) {
      readers.put(service.type(), fields -> oauth(service, fields));
    }
    this.types = new Choices<>(readers);
  }

  Map<String, AuthProvider> read() {
    Map<String, AuthProvider> providers = new LinkedHashMap<>();
    for (Map.Entry<String, ObjectReader> entry : files().entrySet()) {
      AuthProvider provider = provider(entry.getKey(), entry.getValue());
      if (provider != null) {
        providers.put(provider.name(), provider);
      }
    }
    return providers;
  }

  private Map<String, ObjectReader> files() {
    if (!reading.layout().isFirstGeneration()) {
      ObjectReader all = reading.object("auth/providers.json");
      return all == null ? Map.of() : all.members();
    }
    Map<String, ObjectReader> byName = new LinkedHashMap<>();
    for (String file : reading.files().jsonFiles("auth_providers")) {
      ObjectReader fields = reading.object(file);
      if (fields != null) {
        byName.put(file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.')), fields);
      }
    }
    return byName;
  }

  private @Nullable AuthProvider provider(String key, ObjectReader fields) {
    var settings = fields.requiredChoice("type", types);
    if (settings == null) {
      return null;
    }
    String name = fields.text("name");
    List<MetadataField> metadata = new ArrayList<>();
    for (ObjectReader field : fields.objects("metadata_fields")) {
      String source = field.requiredText("name");
      if (source != null) {
        metadata.add(new MetadataField(field.flag("required"), source, field.text("field_name")));
      }
    }
    return new AuthProvider(
        name == null ? key : name,
        fields.flag("disabled"),
        settings.apply(fields),
        metadata,
        fields.texts("redirect_uris"),
        fields.texts("domain_restrictions"));
  }

  private Settings emailPassword(ObjectReader fields) {
    ObjectReader config = fields.object("config");
    return new AuthProvider.EmailPassword(
        config.flag("autoConfirm"),
        config.text("emailConfirmationUrl"),
        subject(config, "confirmEmailSubject"),
        function(config, "runConfirmationFunction", "confirmationFunctionName"),
        config.text("resetPasswordUrl"),
        subject(config, "resetPasswordSubject"),
        function(config, "runResetFunction", "resetFunctionName"));
  }

  private static @Nullable String subject(ObjectReader config, String field) {
    String subject = config.text(field);
    if (subject != null && subject.length() > LONGEST_SUBJECT) {
      config.error(
          field,
          "found " + subject.length() + " characters; at most " + LONGEST_SUBJECT + " are allowed");
    }
    return subject;
  }

  /// The function, when its switch is on; an export keeps the name of one that is switched off.
  private @Nullable String function(ObjectReader config, String flag, String field) {
    if (!config.flag(flag)) {
      return null;
    }
    String name = config.requiredText(field);
    if (name != null) {
      reading.references().function(config.place(field), name);
    }
    return name;
  }

  private Settings customToken(ObjectReader fields) {
    ObjectReader config = fields.object("config");
    ObjectReader secrets = fields.object("secret_config");
    List<String> keys = secrets.texts("signingKeys");
    if (keys.size() > MOST_SIGNING_KEYS) {
      secrets.error(
          "signingKeys",
          "found " + keys.size() + " keys; at most " + MOST_SIGNING_KEYS + " are allowed");
    }
    keys.forEach(key -> reading.references().secret(secrets.place("signingKeys"), key));
    return new AuthProvider.CustomToken(
        config.texts("audience"),
        config.flag("requireAnyAudience"),
        config.choice("signingAlgorithm", Choices.of(SigningAlgorithm.class)),
        config.flag("useJWKURI") ? config.requiredText("jwkURI") : null,
        keys);
  }

  private Settings customFunction(ObjectReader fields) {
    ObjectReader config = fields.object("config");
    String name =
        fields.flag("disabled")
            ? config.text("authFunctionName")
            : config.requiredText("authFunctionName");
    if (name != null) {
      reading.references().function(config.place("authFunctionName"), name);
    }
    return new AuthProvider.CustomFunction(name == null ? "" : name);
  }

  private Settings oauth(Service service, ObjectReader fields) {
    ObjectReader config = fields.object("config");
    ObjectReader secrets = fields.object("secret_config");
    String secret = secrets.text("clientSecret");
    if (secret != null) {
      reading.references().secret(secrets.place("clientSecret"), secret);
    }
    return new AuthProvider.OAuth(service, config.text("clientId"), secret, config.flag("openId"));
  }
}
