package dev.berth.controlplane.admin.entities;

import dev.berth.appmodel.entity.EntityKind;
import io.vertx.core.http.HttpMethod;

/// Where the things of a kind are found, and with which status each change of one is answered:
/// clients compare them exactly.
///
/// @param path below the app
/// @param change the method that replaces one
/// @param created status of the answer to a new one
/// @param changed status of the answer to a changed one; 204 comes without content
/// @param removed status of the answer to a removed one
enum Collection {
  VALUES("/values", EntityKind.VALUE, HttpMethod.PUT, 201, 200, 204),
  ENVIRONMENT_VALUES(
      "/environment_values", EntityKind.ENVIRONMENT_VALUE, HttpMethod.PUT, 201, 200, 204),
  SERVICES("/services", EntityKind.SERVICE, HttpMethod.PATCH, 201, 200, 204),
  SCHEMAS("/schemas", EntityKind.SCHEMA, HttpMethod.PUT, 200, 204, 204),
  TRIGGERS("/triggers", EntityKind.TRIGGER, HttpMethod.PUT, 201, 204, 200),
  ENDPOINTS("/endpoints", EntityKind.ENDPOINT, HttpMethod.PUT, 201, 200, 200),
  AUTH_PROVIDERS("/auth_providers", EntityKind.AUTH_PROVIDER, HttpMethod.PATCH, 201, 204, 204),
  LOG_FORWARDERS("/log_forwarders", EntityKind.LOG_FORWARDER, HttpMethod.PATCH, 201, 200, 204),
  RULES("/services/{service}/rules", EntityKind.RULE, HttpMethod.PUT, 201, 200, 204),
  WEBHOOKS(
      "/services/{service}/incoming_webhooks", EntityKind.WEBHOOK, HttpMethod.PUT, 201, 200, 204);

  final String path;
  final EntityKind kind;
  final HttpMethod change;
  final int created;
  final int changed;
  final int removed;

  Collection(
      String path, EntityKind kind, HttpMethod change, int created, int changed, int removed) {
    this.path = path;
    this.kind = kind;
    this.change = change;
    this.created = created;
    this.changed = changed;
    this.removed = removed;
  }

  String one() {
    return path + "/{entity}";
  }
}
