package dev.berth.appmodel.document;

import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Addresses of databases that hold a user or a password. Each becomes a secret of the app, and
/// the data source names that instead, in the way of secrets that come with an import.
public final class SecretAddresses {

  private static final List<String> PARTS = List.of("data_sources", "services");
  private static final String URI = "uri";

  /// Something before the host, or a token among the options.
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?is)[^:]+://[^/?]*@.*|.*SESSION_TOKEN.*");

  private SecretAddresses() {}

  /// A document without such addresses.
  ///
  /// @param secrets the addresses, by the names that the document has for them now
  public record Moved(AppDocument document, Secrets secrets) {}

  /// Takes the addresses out of a document.
  public static Moved in(AppDocument document) {
    AppDocument without = document;
    Map<String, String> addresses = new HashMap<>();
    for (String part : PARTS) {
      List<Fields> services = document.content().objects(part);
      List<Fields> named = new ArrayList<>();
      services.forEach(service -> named.add(named(service, addresses)));
      if (!named.equals(services)) {
        without = without.with(part, Elements.of(named));
      }
    }
    return new Moved(without, Secrets.of(addresses));
  }

  private static Fields named(Fields service, Map<String, String> addresses) {
    Fields config = service.fields("config");
    Fields settings = config.fields("config");
    String address = settings.text(URI);
    if (address == null || !CREDENTIALS.matcher(address).matches()) {
      return service;
    }
    String name = "__" + config.text("name") + "_" + URI;
    addresses.put(name, address);
    Json secretConfig = config.fields("secret_config").with(URI, name);
    return service.with(
        "config", config.with("config", settings.without(URI)).with("secret_config", secretConfig));
  }
}
