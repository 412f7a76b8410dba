package dev.berth.identity;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.MetadataField;
import dev.berth.appmodel.CustomUserData;
import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Environment;
import dev.berth.appmodel.Hosting;
import dev.berth.appmodel.KeptConfiguration;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.DeployedApp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Apps for tests, by what they let users sign in with.
public final class TestApps {

  private TestApps() {}

  public static AuthProvider enabled(AuthProvider.Settings settings, MetadataField... metadata) {
    return provider(false, settings, metadata);
  }

  public static AuthProvider disabled(AuthProvider.Settings settings) {
    return provider(true, settings);
  }

  private static AuthProvider provider(
      boolean disabled, AuthProvider.Settings settings, MetadataField... metadata) {
    return new AuthProvider("named", disabled, settings, List.of(metadata), List.of(), List.of());
  }

  public static DeployedApp app(String id, AuthProvider... providers) {
    return app(id, Secrets.none(), providers);
  }

  public static DeployedApp app(String id, Secrets secrets, AuthProvider... providers) {
    return app(id, 1, secrets, CustomUserData.disabled(), providers);
  }

  public static DeployedApp app(
      String id,
      int revision,
      Secrets secrets,
      CustomUserData customUserData,
      AuthProvider... providers) {
    Map<String, AuthProvider> byName = new HashMap<>();
    for (AuthProvider provider : providers) {
      byName.put(provider.type(), provider);
    }
    Environment environment = new Environment("", Map.of());
    AppDefinition definition =
        new AppDefinition(
            "Shop",
            null,
            DeploymentModel.GLOBAL,
            "aws-us-east-1",
            environment,
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of("", environment),
            List.of(),
            byName,
            customUserData,
            DataApi.off(),
            List.of(),
            List.of(),
            List.of(),
            Hosting.off(),
            KeptConfiguration.nothing());
    return new DeployedApp(new AppId(id), new Revision(revision), definition, secrets);
  }
}
