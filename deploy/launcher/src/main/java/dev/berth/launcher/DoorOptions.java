package dev.berth.launcher;

import dev.berth.appmodel.region.ServedRegions;
import dev.berth.catalog.AddressRange;
import dev.berth.gateway.door.AccessList;
import dev.berth.gateway.door.Certificate;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.door.TrustedProxies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say how the gateway meets those who come.
final class DoorOptions {

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description =
          "Serve HTTPS with this certificate chain (PEM); a replaced file is used at once.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The private key of the certificate (PEM).")
  private @Nullable Path key;

  @Option(
      names = "--trusted-proxy",
      paramLabel = "ADDRESS",
      description =
          "A proxy whose X-Forwarded headers are believed, such as 10.0.0.0/8; may be repeated.")
  private List<String> proxies = List.of();

  @Option(
      names = "--allow-from",
      paramLabel = "ADDRESS",
      description = "Serve only clients at these addresses; may be repeated (default: all).")
  private List<String> allowed = List.of();

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "Where clients reach Berth, such as https://apps.example.com (default: where they asked).")
  private @Nullable String publicUrl;

  @Option(
      names = "--region",
      paramLabel = "REGION=URL",
      description =
          "A region whose local apps are reached at a URL of their own, such as"
              + " aws-eu-west-1=https://eu.apps.example.com; may be repeated.")
  private List<String> regions = List.of();

  /// Reads them.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  Door read() {
    return read(certificate, key, proxies, allowed, publicUrl).with(ServedRegions.parse(regions));
  }

  /// Reads what was written elsewhere.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  static Door read(
      @Nullable Path certificate,
      @Nullable Path key,
      List<String> proxies,
      List<String> allowed,
      @Nullable String publicUrl) {
    if (publicUrl != null && !Door.isPublicUrl(publicUrl)) {
      throw new IllegalArgumentException(
          "--public-url must be like https://apps.example.com, without a path, and is "
              + publicUrl);
    }
    return new Door(
        readCertificate(certificate, key),
        new TrustedProxies(ranges("--trusted-proxy", proxies)),
        new AccessList(ranges("--allow-from", allowed)),
        publicUrl);
  }

  private static @Nullable Certificate readCertificate(
      @Nullable Path certificate, @Nullable Path key) {
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new IllegalArgumentException("--tls-certificate and --tls-key need each other");
    }
    return new Certificate(certificate, key);
  }

  private static List<AddressRange> ranges(String option, List<String> texts) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : texts) {
      try {
        ranges.add(AddressRange.parse(text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
      }
    }
    return ranges;
  }
}
