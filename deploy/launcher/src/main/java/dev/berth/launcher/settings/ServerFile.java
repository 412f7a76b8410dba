package dev.berth.launcher.settings;

import dev.berth.launcher.console.StartFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The settings of a server: a file of `key=value` lines, each of which a variable of the
/// environment may override.
public final class ServerFile {

  /// A setting, and what it is when nobody says anything.
  public enum Setting {
    HOST("127.0.0.1"),
    PORT("8080"),
    DATA(".berth"),
    MONGODB_URI(""),
    WORKERS("2"),
    WORKER_HEAP(""),
    OUTBOUND("public"),
    METRICS_PORT(""),
    LOG_FORMAT("text"),
    OTEL_EXPORTER_OTLP_ENDPOINT(""),
    TRACES_PERCENT("100"),
    PUBLIC_URL(""),
    REGIONS(""),
    LIMITS(""),
    TLS_CERTIFICATE(""),
    TLS_KEY(""),
    TRUSTED_PROXIES(""),
    ALLOW_FROM(""),
    CLUSTER_NAME("berth"),
    CLUSTER_HOST("127.0.0.1"),
    CLUSTER_PORT("5701"),
    CLUSTER_MEMBERS(""),
    CLUSTER_SECRET(""),
    CLUSTER_CERTIFICATE(""),
    CLUSTER_KEY(""),
    CLUSTER_AUTHORITY(""),
    ADMIN_PORT("8090"),
    MONGODB_PORT("27017"),
    WORKERS_PER_APP("2"),
    REGION(""),
    LEAVE_AFTER("5s"),
    DRAIN("30s");

    private final String usual;

    Setting(String usual) {
      this.usual = usual;
    }

    /// As the file spells it: `trusted-proxies`.
    public String spelling() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The variable that overrides it. MongoDB and OpenTelemetry have names of their own.
    public String variable() {
      return this == MONGODB_URI || this == OTEL_EXPORTER_OTLP_ENDPOINT
          ? name()
          : "BERTH_" + name();
    }

    public String usual() {
      return usual;
    }
  }

  private final Map<Setting, String> values;
  private final Map<String, String> dataSources;
  private final @Nullable String moreDataSources;

  private ServerFile(
      Map<Setting, String> values,
      Map<String, String> dataSources,
      @Nullable String moreDataSources) {
    this.values = values;
    this.dataSources = dataSources;
    this.moreDataSources = moreDataSources;
  }

  /// Reads the settings.
  ///
  /// @param file `null` for none: the environment alone
  /// @throws StartFailure with every key that means nothing
  public static ServerFile read(@Nullable Path file, Map<String, String> environment)
      throws StartFailure {
    Properties properties = file == null ? new Properties() : properties(file);
    List<String> known = Arrays.stream(Setting.values()).map(Setting::spelling).toList();
    List<String> problems = new ArrayList<>();
    Map<String, String> dataSources = new HashMap<>();
    for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
      if (key.startsWith(DataSourceSettings.PREFIX)) {
        dataSources.put(
            key.substring(DataSourceSettings.PREFIX.length()), properties.getProperty(key).strip());
      } else if (!known.contains(key)) {
        problems.add(file + ": there is no setting \"" + key + "\"");
      }
    }
    if (!problems.isEmpty()) {
      problems.add(
          "there are %s, and %s<App ID>.<data source>"
              .formatted(String.join(", ", known), DataSourceSettings.PREFIX));
      throw new StartFailure(String.join("\n", problems));
    }
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (Setting key : Setting.values()) {
      String inFile = properties.getProperty(key.spelling(), key.usual());
      values.put(key, environment.getOrDefault(key.variable(), inFile).strip());
    }
    return new ServerFile(values, dataSources, environment.get(DataSourceSettings.VARIABLE));
  }

  private static Properties properties(Path file) throws StartFailure {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailure("cannot read the settings in %s: %s".formatted(file, e));
    }
  }

  public String text(Setting key) {
    return String.valueOf(values.get(key));
  }

  /// The text of a setting; `null` when it says nothing.
  public @Nullable String textOrNull(Setting key) {
    return text(key).isEmpty() ? null : text(key);
  }

  /// A number of a setting; `null` when it says nothing.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  public @Nullable Integer number(Setting key, int most) {
    String text = text(key);
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "%s must be a number between 0 and %d, and is %s".formatted(key.spelling(), most, text));
    }
    return Integer.valueOf(text);
  }

  /// Where the data of apps is.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  public DataSourceSettings dataSources() {
    return DataSourceSettings.parse(dataSources, moreDataSources);
  }

  /// A length of time.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  public Duration duration(Setting key) {
    try {
      return Duration.ofMillis(Quantity.DURATION.parse(text(key)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s must be a duration like 10s or 2m, and is %s".formatted(key.spelling(), text(key)),
          e);
    }
  }

  /// The parts of a setting between commas.
  public List<String> list(Setting key) {
    return text(key).isEmpty()
        ? List.of()
        : Arrays.stream(text(key).split(",", -1)).map(String::strip).toList();
  }
}
