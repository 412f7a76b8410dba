package dev.berth.controlplane.admin.entities;

import dev.berth.appmodel.entity.EntityKind;
import io.vertx.core.http.HttpMethod;

/// Where the things of a kind are found, and with which status each change of one is answered:
/// clients compare them exactly.
enum Collection {
  VALUES("/values", EntityKind.VALUE, false, 201, 200, 204),
  ENVIRONMENT_VALUES("/environment_values", EntityKind.ENVIRONMENT_VALUE, false, 201, 200, 204),
  SERVICES("/services", EntityKind.SERVICE, true, 201, 200, 204),
  SCHEMAS("/schemas", EntityKind.SCHEMA, false, 200, 204, 204),
  TRIGGERS("/triggers", EntityKind.TRIGGER, false, 201, 204, 200),
  ENDPOINTS("/endpoints", EntityKind.ENDPOINT, false, 201, 200, 200),
  AUTH_PROVIDERS("/auth_providers", EntityKind.AUTH_PROVIDER, true, 201, 204, 204),
  LOG_FORWARDERS("/log_forwarders", EntityKind.LOG_FORWARDER, true, 201, 200, 204),
  RULES("/services/{service}/rules", EntityKind.RULE, false, 201, 200, 204),
  WEBHOOKS("/services/{service}/incoming_webhooks", EntityKind.WEBHOOK, false, 201, 200, 204);

  final String path;
  final EntityKind kind;
  final boolean patches;
  final int created;
  final int changed;
  final int removed;

  /// @param path below the app
  /// @param patches whether a change sends only what is to change
  /// @param created status of the answer to a new one
  /// @param changed status of the answer to a changed one; 204 comes without content
  /// @param removed status of the answer to a removed one
  Collection(String path, EntityKind kind, boolean patches, int created, int changed, int removed) {
    this.path = path;
    this.kind = kind;
    this.patches = patches;
    this.created = created;
    this.changed = changed;
    this.removed = removed;
  }

  /// The method that changes one.
  HttpMethod change() {
    return patches ? HttpMethod.PATCH : HttpMethod.PUT;
  }

  String one() {
    return path + "/{entity}";
  }
}
