package dev.berth.appmodel.directory;

import dev.berth.appmodel.Hosting;
import dev.berth.appmodel.Hosting.FileHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `hosting/config.json`, in older layouts a part of the root file, and
/// `hosting/metadata.json`.
final class HostingReader {

  private static final int NOT_FOUND = 404;

  private static final Choices<String> HEADERS =
      Choices.ofTexts(
          "Content-Type",
          "Content-Disposition",
          "Content-Language",
          "Content-Encoding",
          "Cache-Control",
          "Website-Redirect-Location");

  private final Reading reading;

  HostingReader(Reading reading) {
    this.reading = reading;
  }

  Hosting read(ObjectReader root) {
    ObjectReader fields =
        reading.layout().isFirstGeneration()
            ? root.object("hosting")
            : reading.object("hosting/config.json");
    List<FileHeaders> files = files();
    if (fields == null) {
      return new Hosting(false, null, null, NOT_FOUND, files);
    }
    String code = fields.has("default_error_code") ? "default_error_code" : "default_response_code";
    return new Hosting(
        fields.flag("enabled"),
        fields.text("custom_domain"),
        fields.text("default_error_path"),
        fields.integer(code, NOT_FOUND),
        files);
  }

  private List<FileHeaders> files() {
    List<FileHeaders> files = new ArrayList<>();
    for (ObjectReader fields : reading.objects("hosting/metadata.json")) {
      String path = fields.requiredText("path");
      if (path != null) {
        checkExists(fields, path);
        files.add(new FileHeaders(path, headers(fields)));
      }
    }
    return files;
  }

  private void checkExists(ObjectReader fields, String path) {
    String file = "hosting/files" + (path.startsWith("/") ? path : "/" + path);
    if (!reading.files().exists(file)) {
      fields.error("path", "the file is missing: " + file);
    }
  }

  private static Map<String, String> headers(ObjectReader fields) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (ObjectReader attribute : fields.objects("attrs")) {
      String name = attribute.requiredChoice("name", HEADERS);
      String value = attribute.text("value");
      if (name != null && value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }
}
