package dev.berth.appmodel.document;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.AppDirectory;

/// Documents that use every part, as command lines send them.
public final class Samples {

  /// What both generations have in common, without the braces around it.
  private static final String COMMON =
      """
      "app_id": "store-abcde", "name": "store", "location": "IE", "deployment_model": "LOCAL",
      "environment": "qa",
      "environments": {
        "no-environment.json": {"values": {"shop": "none"}},
        "qa.json": {"values": {"shop": "Q"}}},
      "values": [
        {"name": "key", "value": "billing-key", "from_secret": true},
        {"name": "limit", "value": {"$numberInt": "7"}, "from_secret": false}],
      "triggers": [
        {"name": "nightly: clean/up", "type": "SCHEDULED", "disabled": false,
         "config": {"schedule": "0 3 * * *", "skip_catchup_events": true},
         "event_processors": {"FUNCTION": {"config": {"function_name": "sum"}}}}],
      "graphql": {
        "config": {"use_natural_pluralization": true},
        "custom_resolvers": [
          {"on_type": "Query", "field_name": "total", "function_name": "sum",
           "input_type": "number", "input_type_format": "scalar",
           "payload_type": "number", "payload_type_format": "scalar"}]},
      "log_forwarders": [
        {"name": "errors", "disabled": false, "log_types": ["auth"], "log_statuses": ["error"],
         "policy": {"type": "single"}, "action": {"type": "function", "name": "sum"}}],
      "data_api_config": {
        "disabled": true, "versions": ["v1"], "return_type": "EJSON",
        "validation_method": "NO_VALIDATION", "secret_name": ""}
      """;

  private static final String DATA_SOURCE =
      """
      {"config": {"name": "main", "type": "mongodb-atlas", "version": 1,
                  "config": {"clusterName": "Cluster0", "readPreference": "primary"}},
       "default_rule": {"roles": [{"name": "nobody", "apply_when": {}, "read": false}]},
       "rules": [
         {"database": "shop", "collection": "orders", "filters": [],
          "roles": [{"name": "owner", "apply_when": {"buyer": "%%user.id"}, "read": true}],
          "schema": {"title": "order", "bsonType": "object",
                     "properties": {"_id": {"bsonType": "objectId"},
                                    "buyer": {"bsonType": "string"}}},
          "relationships": {"buyer": {"ref": "#/relationship/main/shop/people",
                                      "source_key": "buyer", "foreign_key": "_id",
                                      "is_list": false}}},
         {"database": "shop", "collection": "people",
          "schema": {"title": "person", "bsonType": "object"}, "relationships": {}}]}
      """;

  private static final String HTTP_SERVICE =
      """
      {"config": {"name": "web", "type": "http", "config": {}, "version": 1},
       "incoming_webhooks": [
         {"config": {"name": "paid", "respond_result": true,
                     "options": {"httpMethod": "POST", "validationMethod": "VERIFY_PAYLOAD",
                                 "secret": "open sesame"}},
          "source": "exports = () => 'paid'"}],
       "rules": [{"name": "out", "actions": ["get"], "when": {"%%args.url.host": "a.example"}}]}
      """;

  private static final String MAIL_SERVICE =
      """
      {"config": {"name": "sms", "type": "twilio", "config": {"sid": "abc"}}}
      """;

  private Samples() {}

  /// A document of 20210101.
  public static String of20210101() {
    return """
        {"config_version": 20210101, %s,
         "allowed_request_origins": ["https://shop.example"],
         "auth": {
           "custom_user_data": {"enabled": true, "mongo_service_name": "main",
                                "database_name": "shop", "collection_name": "people",
                                "user_id_field": "uid"},
           "providers": {
             "anon-user": {"name": "anon-user", "type": "anon-user", "disabled": false},
             "api-key": {"name": "api-key", "type": "api-key", "disabled": true}}},
         "functions": {
           "config": [{"name": "sum", "private": true}, {"name": "tools/add"}],
           "sources": {"sum.js": "exports = () => 1 < 2 && '\\u003c'", "tools/add.js": "exports = 2"}},
         "data_sources": [%s],
         "http_endpoints": [%s],
         "endpoints": {"config": [
           {"route": "/sum", "http_method": "GET", "function_name": "sum",
            "validation_method": "NO_VALIDATION", "respond_result": true, "disabled": false}]},
         "services": [%s],
         "sync": {"config": {"development_mode_enabled": false}},
         "secrets": {}}
        """
        .formatted(COMMON, DATA_SOURCE, HTTP_SERVICE, MAIL_SERVICE);
  }

  /// A document of 20180301 or 20200603.
  public static String ofFirstGeneration(int version) {
    return """
        {"config_version": %d, %s,
         "security": {"allowed_request_origins": ["https://shop.example"]},
         "hosting": {"enabled": false},
         "custom_user_data_config": {"enabled": true, "mongo_service_name": "main",
                                     "database_name": "shop", "collection_name": "people",
                                     "user_id_field": "uid"},
         "sync": {"development_mode_enabled": false},
         "secrets": {},
         "auth_providers": [
           {"name": "anon-user", "type": "anon-user", "disabled": false},
           {"name": "api-key", "type": "api-key", "disabled": true}],
         "functions": [
           {"config": {"name": "sum", "private": true}, "source": "exports = () => 1"}],
         "services": [%s, %s, %s]}
        """
        .formatted(version, COMMON, DATA_SOURCE, HTTP_SERVICE, MAIL_SERVICE);
  }

  /// The document, which must be one.
  public static ImportDocument.Taken taken(String document) {
    return switch (ImportDocument.read(document)) {
      case ImportDocument.Taken taken -> taken;
      case ImportDocument.Refused refused -> throw new AssertionError(refused.problems());
    };
  }

  /// The files, which must be a bundle.
  public static AppBundle bundle(AppBundle.Result result) {
    return switch (result) {
      case AppBundle.Taken(var bundle) -> bundle;
      case AppBundle.Refused refused -> throw new AssertionError(refused.problems());
    };
  }

  /// The document that files are, which must be one.
  public static AppDocument document(AppBundle bundle) {
    return switch (AppExport.document(bundle)) {
      case AppExport.Read read -> read.document();
      case AppExport.Refused refused -> throw new AssertionError(refused.problems());
    };
  }

  /// The app that files are, which must be one.
  public static AppDirectory.Loaded app(AppBundle bundle) {
    return switch (AppDirectory.read(bundle)) {
      case AppDirectory.Loaded loaded -> loaded;
      case AppDirectory.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }
}
