package dev.berth.appmodel.region;

import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.directory.Regions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The regions that an installation serves under host names of their own. Immutable.
///
/// An app that is local to one of them is reached there and nowhere else. Without any region all
/// apps are reached under every name.
public final class ServedRegions {

  private static final ServedRegions NONE = new ServedRegions(Map.of(), Map.of());
  private static final Pattern URL =
      Pattern.compile("https?://([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  private final Map<String, String> urls;
  private final Map<String, String> byHost;

  private ServedRegions(Map<String, String> urls, Map<String, String> byHost) {
    this.urls = urls;
    this.byHost = Map.copyOf(byHost);
  }

  /// No host name means any region.
  public static ServedRegions none() {
    return NONE;
  }

  /// Reads them, each as `aws-eu-west-1=https://eu.apps.example.com`.
  ///
  /// @throws IllegalArgumentException with one message for all that is wrong
  public static ServedRegions parse(List<String> texts) {
    Map<String, String> urls = new LinkedHashMap<>();
    Map<String, String> byHost = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (String text : texts) {
      String region = text.substring(0, Math.max(0, text.indexOf('='))).strip();
      String url = text.substring(text.indexOf('=') + 1).strip();
      String host = hostOf(url);
      if (!Regions.isKnown(region)) {
        problems.add(
            "\"%s\" is no region like aws-eu-west-1=https://eu.apps.example.com; there are %s"
                .formatted(text, String.join(", ", Regions.names())));
      } else if (host == null) {
        problems.add(
            "the URL of the region %s must be like https://eu.apps.example.com, without a path, and is %s"
                .formatted(region, url));
      } else if (urls.put(region, url) != null) {
        problems.add("the region " + region + " is given twice");
      } else if (byHost.put(host, region) != null) {
        problems.add("two regions have the host " + host);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return urls.isEmpty() ? NONE : new ServedRegions(urls, byHost);
  }

  public boolean isEmpty() {
    return urls.isEmpty();
  }

  /// Their names, in the order in which they were given.
  public Set<String> names() {
    return Set.copyOf(urls.keySet());
  }

  /// Where an app is reached that is local to one of them; `null` for every other app.
  public @Nullable String urlOf(Placement placement) {
    return placement.model() == DeploymentModel.LOCAL ? urls.get(placement.region()) : null;
  }

  /// The region that a host name belongs to; `null` when it is that of none.
  ///
  /// @param host in lower case, without a port
  public @Nullable String regionOfHost(String host) {
    return byHost.get(host);
  }

  /// The host name in a URL, in lower case and without a port; `null` when it is none of ours.
  public static @Nullable String hostOf(String url) {
    Matcher matcher = URL.matcher(url);
    return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
  }

  @Override
  public String toString() {
    return "ServedRegions" + urls;
  }
}
