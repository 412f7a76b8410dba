package dev.berth.appmodel.directory;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.IncomingWebhook;
import dev.berth.appmodel.LiteralSecret;
import dev.berth.appmodel.ValidationMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `<service>/incoming_webhooks/<name>/`: a configuration and a source each.
final class WebhooksReader {

  private static final Choices<HttpMethod> METHODS =
      Choices.of(HttpMethod.class).and("*", HttpMethod.ANY);

  private final Reading reading;
  private final Map<String, FunctionDefinition> functions = new LinkedHashMap<>();

  WebhooksReader(Reading reading) {
    this.reading = reading;
  }

  List<IncomingWebhook> read(String serviceFolder, String service) {
    List<IncomingWebhook> webhooks = new ArrayList<>();
    String parent = serviceFolder + "/incoming_webhooks";
    for (String name : reading.files().folders(parent)) {
      ObjectReader fields = reading.object(parent + "/" + name + "/config.json");
      if (fields != null) {
        IncomingWebhook webhook = webhook(fields, service, name);
        webhooks.add(webhook);
        addFunction(fields, webhook, parent + "/" + name + "/source.js");
      }
    }
    return webhooks;
  }

  /// The functions of all webhooks read so far, by the names that the webhooks give them.
  Map<String, FunctionDefinition> functions() {
    return functions;
  }

  private IncomingWebhook webhook(ObjectReader fields, String service, String folderName) {
    String name = fields.text("name");
    if (name != null) {
      Names.VALUE.check(name, fields.place("name"), reading);
    }
    ObjectReader options = fields.object("options");
    ValidationMethod method = validationMethod(options);
    return new IncomingWebhook(
        service,
        name == null ? folderName : name,
        options.choice("httpMethod", METHODS, HttpMethod.ANY),
        method,
        secret(options, method),
        fields.flag("respond_result"),
        fields.flag("fetch_custom_user_data"),
        fields.flag("create_user_on_auth"),
        !fields.flag("disable_arg_logs"),
        RunAsReader.ofWebhook(fields),
        fields.expression("can_evaluate", ExpressionScope.REQUEST));
  }

  private static ValidationMethod validationMethod(ObjectReader options) {
    ValidationMethod absent =
        options.flag("secretAsQueryParam")
            ? ValidationMethod.SECRET_AS_QUERY_PARAM
            : ValidationMethod.NO_VALIDATION;
    return options.choice("validationMethod", Validation.METHODS, absent);
  }

  private static @Nullable LiteralSecret secret(ObjectReader options, ValidationMethod method) {
    if (method == ValidationMethod.NO_VALIDATION) {
      return null;
    }
    String secret = options.text("secret");
    if (secret == null) {
      options.error("secret", "\"secret\" is required by " + method + " and missing");
      return null;
    }
    return new LiteralSecret(secret);
  }

  private void addFunction(ObjectReader fields, IncomingWebhook webhook, String sourceFile) {
    String source = reading.files().text(sourceFile);
    if (source == null && !reading.files().exists(sourceFile)) {
      fields.error(
          "name", "the source of the webhook \"" + webhook.name() + "\" is missing: " + sourceFile);
    }
    functions.put(
        webhook.functionName(),
        new FunctionDefinition(
            webhook.functionName(),
            sourceFile,
            source == null ? "" : source,
            true,
            webhook.canEvaluate(),
            webhook.logArguments(),
            webhook.runAs()));
  }
}
