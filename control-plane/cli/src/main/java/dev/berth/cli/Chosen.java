package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// One of several things on the other side, by what a person calls it.
final class Chosen {

  private Chosen() {}

  /// The thing with that name or id.
  ///
  /// @param path of the list
  /// @param what it is, for the message
  static Fields one(AdminApi api, String path, String what, String wanted) {
    return AdminApi.objects(api.get(path)).stream()
        .filter(found -> wanted.equals(found.text("name")) || wanted.equals(found.text("_id")))
        .findFirst()
        .orElseThrow(() -> new CommandFailure("there is no " + what + " \"" + wanted + "\""));
  }

  /// What was named as words or with an option.
  ///
  /// @param what they are, for the message when there are none
  static List<String> all(
      CommandSpec spec, String what, @Nullable List<String> words, @Nullable List<String> named) {
    List<String> all = new ArrayList<>(words == null ? List.of() : words);
    all.addAll(named == null ? List.of() : named);
    if (all.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "which? Name at least one " + what);
    }
    return all;
  }

  /// Its id as a part of a path.
  static String id(Fields found) {
    return AdminApi.encoded(String.valueOf(found.text("_id")));
  }
}
