package dev.berth.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {

  private static final String COLLECTOR = "http://127.0.0.1:4318";

  private static TraceSettings read(String endpoint, String headers) {
    return Objects.requireNonNull(
        TraceSettings.read(endpoint, 100, Map.of("OTEL_EXPORTER_OTLP_HEADERS", headers)));
  }

  @Test
  void whoNamesNoCollectorRecordsNothing() {
    assertThat(TraceSettings.read(null, 100, Map.of())).isNull();
    assertThat(TraceSettings.read(" ", 100, Map.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:4318, http://127.0.0.1:4318/v1/traces",
    "https://otel.example.com/, https://otel.example.com/v1/traces",
    "https://otel.example.com/otlp, https://otel.example.com/otlp/v1/traces"
  })
  void spansHaveAPlaceBelowTheEndpoint(String endpoint, String url) {
    assertThat(read(endpoint, "").spansUrl()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:4318", "grpc://a:4317", "http://", "http://u:pa55@a", "a b"})
  void whatIsNoCollectorIsTold(String endpoint) {
    assertThatThrownBy(() -> read(endpoint, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OTEL_EXPORTER_OTLP_ENDPOINT")
        .hasMessageNotContaining("pa55");
  }

  @Test
  void headersAreAsOpenTelemetryWritesThemAndAreNotShown() {
    TraceSettings settings = read(COLLECTOR, "authorization=Bearer%20pa55+1, x-tenant=a=b");

    assertThat(settings.headers())
        .isEqualTo(Map.of("authorization", "Bearer pa55+1", "x-tenant", "a=b"));
    assertThat(settings.toString()).doesNotContain("pa55");
    assertThatThrownBy(() -> read(COLLECTOR, "Bearer pa55"))
        .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS")
        .hasMessageNotContaining("pa55");
    assertThatThrownBy(() -> read(COLLECTOR, "a=%zz")).isInstanceOf(IllegalArgumentException.class);
  }
}
