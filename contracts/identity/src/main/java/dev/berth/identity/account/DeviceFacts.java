package dev.berth.identity.account;

import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/// The facts of a device that are kept: those that clients are known to send, and no long ones.
final class DeviceFacts {

  private static final int LONGEST = 256;

  private static final Set<String> KNOWN =
      Set.of(
          "appId",
          "appVersion",
          "platform",
          "platformVersion",
          "sdk",
          "sdkVersion",
          "cpuArch",
          "deviceName",
          "deviceVersion",
          "frameworkName",
          "frameworkVersion",
          "coreVersion",
          "bundleId");

  private DeviceFacts() {}

  static BsonDocument kept(BsonDocument facts) {
    BsonDocument kept = new BsonDocument();
    facts.forEach(
        (name, value) -> {
          if (KNOWN.contains(name) && isShortText(value)) {
            kept.put(name, value);
          }
        });
    return kept;
  }

  private static boolean isShortText(BsonValue value) {
    return value instanceof BsonString text && text.getValue().length() <= LONGEST;
  }
}
