package dev.berth.appmodel.directory;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.IncomingWebhook;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `https_endpoints/config.json`, of older apps `http_endpoints/config.json`.
final class EndpointsReader {

  static final Choices<ReturnType> RETURN_TYPES = Choices.of(ReturnType.class);

  private static final Choices<HttpMethod> METHODS =
      Choices.of(HttpMethod.class).and("*", HttpMethod.ANY);

  private record Key(String route, HttpMethod method) {}

  private final Reading reading;
  private final String folder;
  private final Map<Key, Place> places = new HashMap<>();
  private final List<Endpoint> endpoints = new ArrayList<>();

  /// @param folder the endpoints folder that is there
  EndpointsReader(Reading reading, String folder) {
    this.reading = reading;
    this.folder = folder;
  }

  /// Every custom endpoint, and after them one for each webhook whose route is still free.
  List<Endpoint> read(List<IncomingWebhook> webhooks) {
    for (ObjectReader fields : reading.objects(folder + "/config.json")) {
      Endpoint endpoint = endpoint(fields);
      if (endpoint != null) {
        add(endpoint, fields.place());
      }
    }
    for (IncomingWebhook webhook : webhooks) {
      if (!places.containsKey(new Key(webhook.route(), webhook.method()))) {
        endpoints.add(webhook.asEndpoint());
      }
    }
    return endpoints;
  }

  private void add(Endpoint endpoint, Place place) {
    Place first = places.putIfAbsent(new Key(endpoint.route(), endpoint.method()), place);
    if (first != null) {
      reading.error(
          place,
          endpoint.method()
              + " "
              + endpoint.route()
              + " is already bound by "
              + first.fileAndLine()
              + " "
              + first.pointer());
    }
    endpoints.add(endpoint);
  }

  private @Nullable Endpoint endpoint(ObjectReader fields) {
    String route = route(fields);
    HttpMethod method = method(fields);
    String function = fields.requiredText("function_name");
    if (function != null) {
      reading.references().function(fields.place("function_name"), function);
    }
    Validation validation = Validation.read(fields, reading);
    Endpoint endpoint =
        new Endpoint(
            route == null ? "/" : route,
            method == null ? HttpMethod.ANY : method,
            function == null ? "" : function,
            validation.method(),
            validation.secretName(),
            fields.flag("respond_result"),
            fields.choice("return_type", RETURN_TYPES, ReturnType.EJSON),
            fields.flag("fetch_custom_user_data"),
            fields.flag("create_user_on_auth"),
            fields.flag("disabled"),
            fields.expression("can_evaluate", ExpressionScope.REQUEST));
    return route == null || method == null ? null : endpoint;
  }

  private @Nullable String route(ObjectReader fields) {
    String route = fields.requiredText("route");
    if (route == null || route.startsWith("/")) {
      return route;
    }
    fields.warning("route", "the route \"" + route + "\" is read as \"/" + route + "\"");
    return "/" + route;
  }

  private @Nullable HttpMethod method(ObjectReader fields) {
    if (fields.text("http_method") == null && !fields.has("http_method")) {
      fields.warning("http_method", "\"http_method\" is missing; read as *");
      return HttpMethod.ANY;
    }
    return fields.requiredChoice("http_method", METHODS);
  }
}
