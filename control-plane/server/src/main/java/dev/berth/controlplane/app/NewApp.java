package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.region.Placement;
import dev.berth.controlplane.refusal.Refusal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An app that somebody wants to have.
///
/// @param name made of letters, digits, `_` and `-`: what is asked for may have others, which
///     become `-`
/// @param appId the App ID that it has elsewhere already; `null` to get one
public record NewApp(String name, Placement placement, String environment, @Nullable AppId appId) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");
  private static final Set<String> ENVIRONMENTS =
      Set.of("", "none", "development", "testing", "qa", "production");

  /// Reads what was asked for; empty texts stand for the usual.
  public static NewApp of(
      String name, Placement placement, String environment, @Nullable String appId) {
    String usable = name.strip().replaceAll("[^A-Za-z0-9_-]+", "-");
    if (!NAME.matcher(usable).matches()) {
      throw Refusal.invalid("the name of an app has 1 to 32 characters, the first a letter");
    }
    if (appId != null && !AppId.isValid(appId)) {
      throw Refusal.invalid("not an App ID: " + appId);
    }
    return new NewApp(
        usable,
        placement,
        oneOf(ENVIRONMENTS, "environment", environment),
        appId == null ? null : new AppId(appId));
  }

  private static String oneOf(Set<String> allowed, String what, String found) {
    if (!allowed.contains(found)) {
      throw Refusal.invalid(
          "there is no %s %s; there are %s"
              .formatted(what, found, allowed.stream().sorted().toList()));
    }
    return found;
  }

  /// What the App ID begins with.
  String slug() {
    return name.toLowerCase(Locale.ROOT);
  }
}
