package dev.berth.appmodel.entity;

import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.json.Json;
import org.jspecify.annotations.Nullable;

/// What an app has once at most, and where it stands in the document.
public enum AppSetting {
  /// A tag, such as `production`.
  ENVIRONMENT("environment", ""),
  /// An array of strings.
  ALLOWED_REQUEST_ORIGINS("allowed_request_origins", ""),
  CUSTOM_USER_DATA("auth", "custom_user_data"),
  DATA_API("data_api_config", ""),
  GRAPHQL("graphql", "config"),
  GRAPHQL_VALIDATION("graphql", "validation_settings"),
  HOSTING("hosting", ""),
  SYNC("sync", "config");

  private final String part;

  /// Empty when the setting is the whole part.
  private final String field;

  AppSetting(String part, String field) {
    this.part = part;
    this.field = field;
  }

  /// The setting of an app, or `null` when it says nothing of it.
  public @Nullable Json of(AppDocument document) {
    return field.isEmpty()
        ? document.content().get(part)
        : document.content().fields(part).get(field);
  }

  /// The app with another setting, or without it when there is no value.
  public AppDocument set(AppDocument document, @Nullable Json value) {
    Json.Fields content = document.content();
    return document.with(
        field.isEmpty()
            ? content.withOrWithout(part, value)
            : content.with(part, content.fields(part).withOrWithout(field, value)));
  }
}
