package dev.berth.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the processes of an installation say of themselves.
public final class Meters {

  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:\\d+");

  private final HttpClient http;
  private final URI main;

  /// @param main `/metrics` of the process that started the others
  public Meters(HttpClient http, URI main) {
    this.http = http;
    this.main = main;
  }

  /// Of several processes together.
  ///
  /// @param heapMegabytes in use; what is alive when they have just collected
  public record Held(int processes, long heapMegabytes, long threads, long files) {

    @Override
    public String toString() {
      return "%d processes, %d MB of heap, %d threads, %d files"
          .formatted(processes, heapMegabytes, threads, files);
    }
  }

  /// What the worker processes hold that answer.
  public Held workers() throws IOException, InterruptedException {
    return held(textsOfWorkers());
  }

  /// What all processes hold, the one that started the others included.
  public Held everything() throws IOException, InterruptedException {
    List<String> texts = textsOfWorkers();
    texts.add(get(main));
    return held(texts);
  }

  private List<String> textsOfWorkers() throws IOException, InterruptedException {
    List<String> texts = new ArrayList<>();
    Matcher address = ADDRESS.matcher(get(main.resolve("/targets")));
    while (address.find()) {
      try {
        texts.add(get(URI.create("http://" + address.group() + "/metrics")));
      } catch (IOException _) {
        // It has just died: no process any more.
      }
    }
    return texts;
  }

  private static Held held(List<String> texts) {
    return new Held(
        texts.size(),
        (long) sum(texts, "jvm_memory_used_bytes", "area=\"heap\"") >> 20,
        (long) sum(texts, "jvm_threads_live_threads"),
        (long) sum(texts, "process_files_open_files"));
  }

  /// Of the process that started the others.
  public double main(String meter) throws IOException, InterruptedException {
    return sum(List.of(get(main)), meter);
  }

  private static double sum(List<String> texts, String meter) {
    return sum(texts, meter, "");
  }

  private static double sum(List<String> texts, String meter, String label) {
    Pattern line =
        Pattern.compile(
            "(?m)^"
                + meter
                + (label.isEmpty() ? "(?:\\{[^}]*\\})?" : "\\{[^}]*" + label + "[^}]*\\}")
                + " (\\S+)$");
    double sum = 0;
    for (String text : texts) {
      Matcher value = line.matcher(text);
      while (value.find()) {
        sum += Double.parseDouble(value.group(1));
      }
    }
    return sum;
  }

  private String get(URI url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
