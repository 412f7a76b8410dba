package dev.berth.launcher.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// How a process joins a cluster.
///
/// @param name only who knows it can join
/// @param members `host:port` of processes that may be in the cluster; none for the first one
/// @param host the address of this process where the others reach it
/// @param port where it takes part in the membership
/// @param portIsFirst whether the next free port will do as well
/// @param holdsData whether it keeps a share of what the cluster knows; without, its sudden end
///     loses nothing
/// @param certificate of the event bus; `null` where nobody else can listen
public record Membership(
    String name,
    List<String> members,
    String host,
    int port,
    boolean portIsFirst,
    boolean holdsData,
    @Nullable BusCertificate certificate) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int USUAL_PORT = 5701;

  private static final String NAME = "BERTH_CLUSTER";
  private static final String CONTACT = "BERTH_CLUSTER_CONTACT";
  private static final String HOST = "BERTH_CLUSTER_ADDRESS";
  private static final String PORT = "BERTH_CLUSTER_FIRST_PORT";
  private static final String CHAIN = "BERTH_CLUSTER_CHAIN";
  private static final String KEY = "BERTH_CLUSTER_PRIVATE_KEY";
  private static final String AUTHORITY = "BERTH_CLUSTER_TRUSTED";

  public Membership {
    members = List.copyOf(members);
  }

  /// Files (PEM) with which processes know each other on the event bus.
  ///
  /// @param chain certificate of this process, and those up to the authority
  /// @param key of the certificate
  /// @param authority whoever has a certificate of it belongs to the cluster
  public record BusCertificate(Path chain, Path key, Path authority) {}

  /// Of a process that an operator starts. Who gives another name, another secret or another
  /// generation is not let in.
  ///
  /// @param generation of what the processes say to each other
  /// @param secret never leaves this machine as it is; empty for none
  public static Membership of(
      String name,
      int generation,
      String secret,
      List<String> members,
      String host,
      int port,
      @Nullable BusCertificate certificate) {
    String shown = "berth/" + generation + "/" + name;
    String hidden = secret.isEmpty() ? shown : shown + "/" + keyed(secret, shown);
    return new Membership(hidden, members, host, port, false, true, certificate);
  }

  private static String keyed(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }

  /// Of the first process of a cluster that stays on this machine.
  static Membership ofMachine(String name) {
    return new Membership(name, List.of(), LOOPBACK, USUAL_PORT, true, true, null);
  }

  /// Of a process that one in the cluster starts on its machine. It may die at any moment.
  ///
  /// @param contact `host:port` of the one that starts it
  /// @param firstPort from which it looks for a free one
  public Membership ofChild(String contact, int firstPort) {
    return new Membership(
        name,
        Stream.concat(Stream.of(contact), members.stream()).distinct().toList(),
        host,
        firstPort,
        true,
        false,
        certificate);
  }

  /// As variables of an environment, which other users cannot read, unlike arguments.
  public Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put(NAME, name);
    variables.put(CONTACT, String.join(",", members));
    variables.put(HOST, host);
    variables.put(PORT, Integer.toString(port));
    if (certificate != null) {
      variables.put(CHAIN, certificate.chain().toString());
      variables.put(KEY, certificate.key().toString());
      variables.put(AUTHORITY, certificate.authority().toString());
    }
    return variables;
  }

  /// That of a child, as its environment says; `null` when it says nothing.
  public static @Nullable Membership ofChild(Map<String, String> environment) {
    String name = environment.get(NAME);
    String contact = environment.get(CONTACT);
    if (name == null || contact == null) {
      return null;
    }
    return new Membership(
        name,
        List.of(contact.split(",", -1)),
        environment.getOrDefault(HOST, LOOPBACK),
        Integer.parseInt(environment.getOrDefault(PORT, Integer.toString(USUAL_PORT))),
        true,
        false,
        certificate(environment));
  }

  private static @Nullable BusCertificate certificate(Map<String, String> environment) {
    String chain = environment.get(CHAIN);
    String key = environment.get(KEY);
    String authority = environment.get(AUTHORITY);
    return chain == null || key == null || authority == null
        ? null
        : new BusCertificate(Path.of(chain), Path.of(key), Path.of(authority));
  }

  /// Without the name, which is a secret.
  @Override
  public String toString() {
    return "Membership[host=%s, port=%d, members=%s]".formatted(host, port, members);
  }
}
