package dev.berth.appmodel.directory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The regions that exports name, and the location codes that older ones have for some of them.
public final class Regions {

  private static final Map<String, String> OF_LOCATION =
      Map.of(
          "US-VA", "aws-us-east-1",
          "US-OR", "aws-us-west-2",
          "DE-FF", "aws-eu-central-1",
          "IE", "aws-eu-west-1",
          "AU", "aws-ap-southeast-2",
          "IN-MB", "aws-ap-south-1",
          "SG", "aws-ap-southeast-1",
          "BR-SP", "aws-sa-east-1");

  private static final Set<String> KNOWN =
      Set.of(
          "aws-us-east-1",
          "aws-us-east-2",
          "aws-us-west-2",
          "aws-eu-west-1",
          "aws-eu-west-2",
          "aws-eu-central-1",
          "aws-ap-south-1",
          "aws-ap-southeast-1",
          "aws-ap-southeast-2",
          "aws-sa-east-1",
          "azure-eastus2",
          "azure-westus",
          "azure-westeurope",
          "azure-southeastasia",
          "azure-eastasia",
          "gcp-us-central1",
          "gcp-us-east4",
          "gcp-us-west1",
          "gcp-europe-west1",
          "gcp-asia-south1");

  /// Where the regions are that had no code of their own.
  private static final Map<String, String> NEAR =
      Map.of(
          "aws-eu-west-2", "IE",
          "azure-westus", "US-OR",
          "azure-westeurope", "DE-FF",
          "azure-southeastasia", "SG",
          "azure-eastasia", "IN-MB",
          "gcp-us-west1", "US-OR",
          "gcp-europe-west1", "DE-FF",
          "gcp-asia-south1", "IN-MB");

  /// The region of an app that names none.
  public static final String USUAL = "aws-us-east-1";

  private Regions() {}

  /// Whether there ever was such a region.
  public static boolean isKnown(String region) {
    return KNOWN.contains(region);
  }

  /// Every region, by name.
  public static List<String> names() {
    return KNOWN.stream().sorted().toList();
  }

  /// Every location code.
  public static List<String> locations() {
    return OF_LOCATION.keySet().stream().sorted().toList();
  }

  /// The location code that stands for a region, be it only near: that of Virginia for one that
  /// is near to none.
  public static String codeOf(String region) {
    String own = locationOf(region);
    return own != null ? own : NEAR.getOrDefault(region, "US-VA");
  }

  /// The region that a location code stands for, or `null` for a code that never existed.
  public static @Nullable String ofLocation(String location) {
    return OF_LOCATION.get(location);
  }

  /// The location code of a region, or `null` for one that has none.
  public static @Nullable String locationOf(String region) {
    return OF_LOCATION.entrySet().stream()
        .filter(entry -> entry.getValue().equals(region))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
