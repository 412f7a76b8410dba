package dev.berth.cli;

import dev.berth.appmodel.json.Json.Fields;

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

  /// Its id as a part of a path.
  static String id(Fields found) {
    return AdminApi.encoded(String.valueOf(found.text("_id")));
  }
}
