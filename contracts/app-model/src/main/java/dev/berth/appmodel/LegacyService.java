package dev.berth.appmodel;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// A third-party or HTTP service. Berth serves its webhooks, lets functions use it when it is of
/// the type `http`, and keeps the rest for export.
///
/// @param type `http`, `aws`, `twilio`, `github`, `gcm` or one that nobody knows
/// @param configuration the whole file
public record LegacyService(
    String name,
    String type,
    BsonDocument configuration,
    List<ServiceRule> rules,
    List<IncomingWebhook> webhooks) {

  public LegacyService {
    rules = List.copyOf(rules);
    webhooks = List.copyOf(webhooks);
  }

  /// Which actions of the service functions may use, and when.
  ///
  /// @param when an expression; an empty document means always
  public record ServiceRule(String name, List<String> actions, BsonValue when) {

    public ServiceRule {
      actions = List.copyOf(actions);
    }
  }
}
