package dev.berth.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page of the documentation whose commands can be run: how it starts Berth, and what it shows
/// of a terminal.
///
/// @param startArguments of the page's first `./berth dev`, its folders made absolute
/// @param sessions the `console` blocks in the order of the page
record DocumentedPage(List<String> startArguments, List<Session> sessions) {

  private static final Pattern START = Pattern.compile("(?m)^\\./berth dev (.*)$");
  private static final Pattern SESSION = Pattern.compile("(?ms)^```console\\n(.*?)^```$");

  /// One block: commands that share a shell.
  record Session(List<Step> steps) {}

  /// What is typed after `$ `, and what is printed below it.
  record Step(String command, String answer) {}

  /// Reads a page of `docs/`.
  static DocumentedPage read(String name) {
    // A line that ends with a backslash goes on in the next one.
    String page = text(Repository.root().resolve("docs").resolve(name)).replace("\\\n", "");
    Matcher start = START.matcher(page);
    if (!start.find()) {
      throw new AssertionError("docs/" + name + " does not say how to start Berth");
    }
    List<String> arguments =
        Stream.of(start.group(1).trim().split("\\s+", -1)).map(DocumentedPage::located).toList();
    return new DocumentedPage(
        arguments, SESSION.matcher(page).results().map(block -> session(block.group(1))).toList());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String located(String argument) {
    return argument.startsWith("examples/")
        ? Repository.root().resolve(argument).toString()
        : argument;
  }

  private static Session session(String block) {
    List<Step> steps = new ArrayList<>();
    for (String part : block.split("(?m)^\\$ ", -1)) {
      if (!part.isBlank()) {
        int end = part.indexOf('\n');
        steps.add(new Step(part.substring(0, end).trim(), part.substring(end).trim()));
      }
    }
    return new Session(steps);
  }
}
