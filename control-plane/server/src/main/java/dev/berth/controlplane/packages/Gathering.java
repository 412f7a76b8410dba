package dev.berth.controlplane.packages;

import dev.berth.appmodel.packages.PackageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Takes what can be required out of all that a folder or an archive has, within the limits.
///
/// For each entry [#wants] is asked once, and [#take] is called when the answer is yes.
final class Gathering {

  private final PackageWriter writer;
  private final PackageLimits limits;
  private final List<String> nativeAddOns = new ArrayList<>();
  private final List<String> tooLarge = new ArrayList<>();
  private final List<String> links = new ArrayList<>();
  private int entries;

  Gathering(PackageWriter writer, PackageLimits limits) {
    this.writer = writer;
    this.limits = limits;
  }

  /// Counts a file, a folder or whatever else a tar archive has next.
  void count() throws RefusedPackagesException {
    if (++entries > limits.entries()) {
      throw tooManyEntries(limits);
    }
  }

  static RefusedPackagesException tooManyEntries(PackageLimits limits) {
    return new RefusedPackagesException(
        "there are more than " + limits.entries() + " files and folders in it");
  }

  /// Whether the content of a file is to be taken.
  boolean wants(PackagePath file) {
    if (file.isInside() && file.kind() == PackagePath.Kind.NATIVE) {
      nativeAddOns.add(file.path());
    }
    return file.isInside() && file.kind() == PackagePath.Kind.CODE;
  }

  /// Takes a file that is wanted.
  ///
  /// @return whether its content was read to the end
  boolean take(PackagePath file, InputStream content) throws IOException {
    if (writer.has(file.path())) {
      throw new RefusedPackagesException(
          RefusedPackagesException.quoted(file.path()) + " is in it twice");
    }
    if (writer.files() == limits.files()) {
      throw new RefusedPackagesException(
          "there are more than " + limits.files() + " files in it that can be required");
    }
    byte[] bytes = content.readNBytes(limits.fileBytes() + 1);
    if (bytes.length > limits.fileBytes()) {
      tooLarge.add(file.path());
      return false;
    }
    if (writer.bytes() + bytes.length > limits.bytes()) {
      throw new RefusedPackagesException(
          "the files in it that can be required are larger than "
              + PackageLimits.megabytes(limits.bytes()));
    }
    writer.add(file.path(), bytes);
    return true;
  }

  /// Leaves a link out and says so later.
  void leaveOutLink(PackagePath link) {
    if (link.isInside()) {
      links.add(link.path());
    }
  }

  /// What the author of the app should know.
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    warn(warnings, nativeAddOns, "native add-ons cannot run here and are left out: ");
    warn(warnings, links, "links are not followed and are left out: ");
    String size = PackageLimits.megabytes(limits.fileBytes());
    warn(warnings, tooLarge, "files larger than " + size + " are left out: ");
    return warnings;
  }

  private static void warn(List<String> warnings, List<String> files, String what) {
    if (!files.isEmpty()) {
      List<String> sorted = files.stream().sorted().toList();
      String others = files.size() == 1 ? "" : " and " + (files.size() - 1) + " more";
      warnings.add(what + RefusedPackagesException.quoted(sorted.getFirst()) + others);
    }
  }
}
