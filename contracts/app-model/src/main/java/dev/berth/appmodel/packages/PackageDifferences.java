package dev.berth.appmodel.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which packages are different between two installations. Each list is sorted by name.
public record PackageDifferences(
    List<Installed> added, List<Installed> deleted, List<Changed> modified) {

  /// A package at the top of `node_modules`.
  public record Installed(String name, String version) {}

  /// A package that is there in another version.
  public record Changed(String name, String version, String previousVersion) {}

  public PackageDifferences {
    added = List.copyOf(added);
    deleted = List.copyOf(deleted);
    modified = List.copyOf(modified);
  }

  /// The differences between versions by name, as [StoredPackages#installed] has them.
  public static PackageDifferences between(Map<String, String> before, Map<String, String> after) {
    List<Installed> added = new ArrayList<>();
    List<Installed> deleted = new ArrayList<>();
    List<Changed> modified = new ArrayList<>();
    new TreeMap<>(after)
        .forEach(
            (name, version) -> {
              String previous = before.get(name);
              if (previous == null) {
                added.add(new Installed(name, version));
              } else if (!previous.equals(version)) {
                modified.add(new Changed(name, version, previous));
              }
            });
    new TreeMap<>(before)
        .forEach(
            (name, version) -> {
              if (!after.containsKey(name)) {
                deleted.add(new Installed(name, version));
              }
            });
    return new PackageDifferences(added, deleted, modified);
  }

  /// Whether both installations have the same packages in the same versions.
  public boolean areNone() {
    return added.isEmpty() && deleted.isEmpty() && modified.isEmpty();
  }
}
