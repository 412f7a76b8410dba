package dev.berth.worker.http;

import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// A body of the type `multipart/form-data`.
record MultipartForm(String contentType, Buffer content) {

  static MultipartForm of(Map<String, String> fields) {
    String boundary = boundary();
    Buffer content = Buffer.buffer();
    fields.forEach(
        (name, value) ->
            content
                .appendString("--" + boundary + "\r\n")
                .appendString(
                    "Content-Disposition: form-data; name=\"" + quoted(name) + "\"\r\n\r\n")
                .appendString(value)
                .appendString("\r\n"));
    content.appendString("--" + boundary + "--\r\n");
    return new MultipartForm("multipart/form-data; boundary=" + boundary, content);
  }

  /// Nobody can put it into a value before it is made.
  private static String boundary() {
    byte[] chance = new byte[24];
    ThreadLocalRandom.current().nextBytes(chance);
    return "berth-" + HexFormat.of().formatHex(chance);
  }

  /// As browsers do it.
  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }
}
