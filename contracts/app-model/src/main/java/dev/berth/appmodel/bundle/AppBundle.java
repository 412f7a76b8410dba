package dev.berth.appmodel.bundle;

import dev.berth.appmodel.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files of one app in export format: configuration and sources, by path relative to the
/// app's root.
///
/// Every path leads to below the root on every system, and a bundle is never larger than
/// [BundleLimits] says. Equal when all paths and bytes are. Immutable; safe from any thread.
public final class AppBundle {

  private static final AppBundle EMPTY = new AppBundle(new TreeMap<>());

  private final NavigableMap<String, byte[]> files;
  private final String digest;
  private final long bytes;

  /// @param files checked, and changed by nobody any more
  AppBundle(NavigableMap<String, byte[]> files) {
    this.files = files;
    this.digest = digest(files);
    this.bytes = files.values().stream().mapToLong(content -> content.length).sum();
  }

  /// What became of files that were to be a bundle.
  public sealed interface Result {}

  /// All files are well named, and few and small enough.
  public record Taken(AppBundle bundle) implements Result {}

  /// Some cannot be taken; at least one of the problems is an error.
  public record Refused(List<Problem> problems) implements Result {

    public Refused {
      problems = List.copyOf(problems);
    }
  }

  public static AppBundle empty() {
    return EMPTY;
  }

  /// The files that belong to the app in a folder. What lies beside them, such as `.git`,
  /// `node_modules` and local `secrets.json`, stays out.
  ///
  /// @param root the app's root itself
  /// @throws java.io.UncheckedIOException when the disk fails
  public static Result of(Path root) {
    return new BundleFolder(root).take();
  }

  /// A bundle of files that strangers may have named.
  ///
  /// @param files by path with `/`
  public static Result collect(Map<String, byte[]> files) {
    BundleCollector collector = new BundleCollector();
    files.forEach(collector::add);
    return collector.finish();
  }

  /// A bundle of files that were one before.
  ///
  /// @param files by path with `/`
  /// @throws IllegalArgumentException when they cannot be a bundle
  public static AppBundle of(Map<String, byte[]> files) {
    return switch (collect(files)) {
      case Taken(var bundle) -> bundle;
      case Refused(var problems) -> throw new IllegalArgumentException("no bundle: " + problems);
    };
  }

  /// The paths of all files, sorted.
  public SortedSet<String> paths() {
    return Collections.unmodifiableSortedSet(files.navigableKeySet());
  }

  /// The paths of all files below a folder, sorted.
  ///
  /// @param folder without a `/` at its end
  public SortedSet<String> pathsBelow(String folder) {
    // The character after the slash ends the range of all that begins with the folder.
    return Collections.unmodifiableSortedSet(
        files.subMap(folder + "/", true, folder + "0", false).navigableKeySet());
  }

  public boolean has(String path) {
    return files.containsKey(path);
  }

  /// A copy of the bytes of a file, or `null` when there is no such file.
  public byte @Nullable [] content(String path) {
    byte[] content = files.get(path);
    return content == null ? null : content.clone();
  }

  /// The text of a file, or `null` when there is no such file. Bytes that are not UTF-8 become
  /// replacement characters.
  public @Nullable String text(String path) {
    byte[] content = files.get(path);
    return content == null ? null : new String(content, StandardCharsets.UTF_8);
  }

  /// These files with some of them replaced and others added.
  ///
  /// @param changed by path with `/`
  public Result with(Map<String, byte[]> changed) {
    Map<String, byte[]> all = new TreeMap<>(files);
    all.putAll(changed);
    return collect(all);
  }

  /// These files without those of some paths.
  public AppBundle without(Predicate<String> paths) {
    NavigableMap<String, byte[]> others = new TreeMap<>(files);
    others.keySet().removeIf(paths);
    return new AppBundle(others);
  }

  /// SHA-256 of all paths and contents as 64 hex digits; the same in every process.
  public String digest() {
    return digest;
  }

  /// How many files there are.
  public int size() {
    return files.size();
  }

  /// The size of all files together.
  public long bytes() {
    return bytes;
  }

  private static String digest(NavigableMap<String, byte[]> files) {
    MessageDigest all = sha256();
    files.forEach(
        (path, content) -> {
          update(all, path.getBytes(StandardCharsets.UTF_8));
          update(all, content);
        });
    return HexFormat.of().formatHex(all.digest());
  }

  /// Each part with its length, so that no two bundles look alike.
  private static void update(MessageDigest all, byte[] part) {
    all.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
    all.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AppBundle bundle && digest.equals(bundle.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /// How much it is; never what is in it.
  @Override
  public String toString() {
    return "AppBundle[" + files.size() + " files, " + bytes + " bytes, " + digest + "]";
  }
}
