package dev.berth.launcher;

import dev.berth.invocation.bus.InvocationBus;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.cluster.Membership.BusCertificate;
import dev.berth.launcher.settings.ServerFile;
import dev.berth.launcher.settings.ServerFile.Setting;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how a process takes part in a cluster. What leaves the machine needs a secret and
/// certificates, or nothing starts.
final class ClusterSettings {

  private static final int MOST_PORT = 65_535 - 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Pattern MEMBER =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,252}(:[0-9]{1,5})?");
  private static final int SHORTEST_SECRET = 16;

  private ClusterSettings() {}

  /// The membership that the settings describe.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  static Membership read(ServerFile file) {
    List<String> problems = new ArrayList<>();
    String name = file.text(Setting.CLUSTER_NAME);
    String host = file.text(Setting.CLUSTER_HOST);
    String secret = file.text(Setting.CLUSTER_SECRET);
    if (!NAME.matcher(name).matches()) {
      problems.add("cluster-name has up to 64 letters, digits, _, . and -, and is " + name);
    }
    if (!isAddress(host)) {
      problems.add(
          "cluster-host must be an address of this machine that the others can reach, such as 10.0.0.7, and is "
              + host);
    }
    Integer port = port(file, problems);
    for (String member : file.list(Setting.CLUSTER_MEMBERS)) {
      if (!MEMBER.matcher(member).matches()) {
        problems.add("cluster-members are host or host:port with commas, and one is " + member);
      }
    }
    if (!secret.isEmpty() && secret.length() < SHORTEST_SECRET) {
      problems.add("cluster-secret must have at least 16 characters");
    }
    BusCertificate certificate = certificate(file, problems);
    if (problems.isEmpty() && !isLoopback(host) && (secret.isEmpty() || certificate == null)) {
      problems.add(
          "cluster-host %s is not on this machine alone: cluster-secret, cluster-certificate, cluster-key and cluster-authority are needed"
              .formatted(host));
    }
    if (!problems.isEmpty() || port == null) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return Membership.of(
        name,
        InvocationBus.generation(),
        secret,
        file.list(Setting.CLUSTER_MEMBERS),
        host,
        port,
        certificate);
  }

  private static @Nullable Integer port(ServerFile file, List<String> problems) {
    try {
      Integer port = file.number(Setting.CLUSTER_PORT, MOST_PORT);
      if (port == null || port == 0) {
        problems.add("cluster-port is missing: the others look for it");
      }
      return port;
    } catch (IllegalArgumentException mistake) {
      problems.add(String.valueOf(mistake.getMessage()));
      return null;
    }
  }

  private static @Nullable BusCertificate certificate(ServerFile file, List<String> problems) {
    List<Path> files = new ArrayList<>();
    for (Setting key :
        List.of(Setting.CLUSTER_CERTIFICATE, Setting.CLUSTER_KEY, Setting.CLUSTER_AUTHORITY)) {
      String text = file.textOrNull(key);
      if (text != null) {
        files.add(Path.of(text));
        if (!Files.isReadable(Path.of(text))) {
          problems.add("%s: the file %s cannot be read".formatted(key.spelling(), text));
        }
      }
    }
    if (files.isEmpty()) {
      return null;
    }
    if (files.size() < 3) {
      problems.add("cluster-certificate, cluster-key and cluster-authority need each other");
      return null;
    }
    return new BusCertificate(files.get(0), files.get(1), files.get(2));
  }

  private static boolean isAddress(String host) {
    InetAddress address = address(host);
    return address != null && !address.isAnyLocalAddress();
  }

  private static boolean isLoopback(String host) {
    InetAddress address = address(host);
    return address != null && address.isLoopbackAddress();
  }

  private static @Nullable InetAddress address(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }
}
