package dev.berth.catalog.bus;

import dev.berth.appmodel.Secrets;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonValue;

/// Secrets by name; they are no record because their text form must not show them.
final class SecretsForm implements Form {

  private static final Form BY_NAME = new MapForm(LeafForm.TEXT);

  @Override
  public BsonValue write(Object value) {
    Secrets secrets = (Secrets) value;
    Map<String, String> byName = new HashMap<>();
    for (String name : secrets.names()) {
      String secret = secrets.find(name);
      if (secret != null) {
        byName.put(name, secret);
      }
    }
    return BY_NAME.write(byName);
  }

  @Override
  public Object read(BsonValue written) {
    Map<String, String> byName = new HashMap<>();
    ((Map<?, ?>) BY_NAME.read(written))
        .forEach((name, secret) -> byName.put((String) name, (String) secret));
    return Secrets.of(byName);
  }

  @Override
  public String name() {
    return "secrets";
  }
}
