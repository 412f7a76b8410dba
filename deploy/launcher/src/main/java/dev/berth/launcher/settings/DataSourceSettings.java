package dev.berth.launcher.settings;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import dev.berth.appmodel.AppId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which database the data sources of apps are linked to, as the operator says it.
///
/// Each link is for one app or for all, and for one name of a data source or for all. Of several
/// that fit, the one that names the app counts, and then the one that names the data source.
///
/// @param links connection strings or [#OWN] by `<App ID>.<data source>`, with `*` for all; may
///     hold passwords
public record DataSourceSettings(Map<String, String> links) {

  /// What begins the keys of links in a file of settings.
  public static final String PREFIX = "data-source.";

  /// The variable of the environment that has links, without the prefix and between white space.
  public static final String VARIABLE = "BERTH_DATA_SOURCES";

  /// Stands for the database that Berth itself uses.
  public static final String OWN = "own";

  private static final String ALL = "*";

  /// A worker process is told all of them in one variable, which systems bound.
  private static final int MOST_CHARACTERS = 100_000;

  private static final Pattern KEY =
      Pattern.compile("(\\*|[A-Za-z0-9_-]{1,128})\\.(\\*|[^\\s=*]{1,64})");

  public DataSourceSettings {
    links = Map.copyOf(links);
  }

  /// Nothing is linked.
  public static DataSourceSettings none() {
    return new DataSourceSettings(Map.of());
  }

  /// Every data source of every app is linked to the database of Berth.
  public static DataSourceSettings allOwn() {
    return new DataSourceSettings(Map.of(ALL + "." + ALL, OWN));
  }

  /// Reads links.
  ///
  /// @param file by key, without the prefix
  /// @param variable what the environment has, if anything; it overrides the file
  /// @throws IllegalArgumentException with one line for each that makes no sense, and without any
  ///     connection string
  public static DataSourceSettings parse(Map<String, String> file, @Nullable String variable) {
    Map<String, String> links = new TreeMap<>(file);
    List<String> problems = new ArrayList<>();
    if (variable != null) {
      addAll(variable, links, problems);
    }
    links.forEach((key, value) -> check(key, value, problems));
    if (problems.isEmpty() && new DataSourceSettings(links).text().length() > MOST_CHARACTERS) {
      problems.add(
          "the links of data sources must not be longer than %,d characters together"
              .formatted(MOST_CHARACTERS));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new DataSourceSettings(links);
  }

  private static void addAll(String text, Map<String, String> links, List<String> problems) {
    int number = 0;
    for (String link : text.strip().split("\\s+", -1)) {
      number++;
      int equals = link.indexOf('=');
      if (equals > 0) {
        links.put(link.substring(0, equals), link.substring(equals + 1));
      } else if (!link.isEmpty()) {
        // Whatever it is, it may hold a password: it is not shown.
        problems.add(VARIABLE + ": link " + number + " is not <App ID>.<data source>=mongodb://…");
      }
    }
  }

  private static void check(String key, String value, List<String> problems) {
    if (!KEY.matcher(key).matches()) {
      problems.add(
          "%s%s must be %s<App ID>.<data source>, with * for all".formatted(PREFIX, key, PREFIX));
    } else if (!value.equals(OWN) && understood(value) == null) {
      problems.add(
          "%s%s must be a connection string of MongoDB, such as mongodb://localhost:27017, or %s"
              .formatted(PREFIX, key, OWN));
    }
  }

  /// What the driver says of a mistake may quote the password.
  private static @Nullable ConnectionString understood(String value) {
    try {
      return new ConnectionString(value);
    } catch (IllegalArgumentException | MongoException _) {
      return null;
    }
  }

  /// The same with a connection string in place of [#OWN].
  public DataSourceSettings at(String own) {
    return new DataSourceSettings(
        links.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    link -> link.getValue().equals(OWN) ? own : link.getValue())));
  }

  /// Where a data source of an app leads; `null` when nobody has linked it.
  ///
  /// @param appId `null` for an app that has none yet, for which only links of all apps count
  public @Nullable String link(@Nullable AppId appId, String dataSource) {
    String ofApp = appId == null ? null : ofApp(appId.value(), dataSource);
    return ofApp == null ? ofApp(ALL, dataSource) : ofApp;
  }

  private @Nullable String ofApp(String app, String dataSource) {
    String named = links.get(app + "." + dataSource);
    return named == null ? links.get(app + "." + ALL) : named;
  }

  /// For another process, which reads it with [#ofText].
  public String text() {
    return links.entrySet().stream()
        .map(link -> link.getKey() + "=" + link.getValue())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /// Reads what [#text] wrote.
  public static DataSourceSettings ofText(String text) {
    return parse(Map.of(), text);
  }

  /// Which links there are, and not where they lead.
  @Override
  public String toString() {
    return "DataSourceSettings" + new TreeMap<>(links).keySet();
  }
}
