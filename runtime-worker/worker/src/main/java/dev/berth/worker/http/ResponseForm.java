package dev.berth.worker.http;

import dev.berth.invocation.Header;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A response as app code gets it.
final class ResponseForm {

  private ResponseForm() {}

  static BsonDocument write(Received response) {
    BsonDocument form = new BsonDocument();
    form.put("status", new BsonString((response.status() + " " + response.reason()).strip()));
    form.put("statusCode", new BsonInt32(response.status()));
    form.put("contentLength", new BsonInt64(contentLength(response)));
    form.put("headers", headers(response));
    form.put("cookies", cookies(response));
    byte[] body = response.body().take();
    String text = text(body);
    if (text != null) {
      form.put("text", new BsonString(text));
    } else {
      form.put("body", new BsonBinary(body));
    }
    return form;
  }

  /// What the server said, or -1 when it said nothing.
  private static long contentLength(Received response) {
    String length = response.first("Content-Length");
    return length != null && length.matches("[0-9]{1,15}") ? Long.parseLong(length) : -1;
  }

  private static BsonDocument headers(Received response) {
    BsonDocument headers = new BsonDocument();
    for (Header header : response.headers()) {
      BsonValue values = headers.computeIfAbsent(canonical(header.name()), _ -> new BsonArray());
      values.asArray().add(new BsonString(fromTheWire(header.value())));
    }
    return headers;
  }

  /// `content-type` as `Content-Type`: the spelling that functions look for.
  static String canonical(String name) {
    StringBuilder out = new StringBuilder(name.toLowerCase(Locale.ROOT));
    for (int i = 0; i < out.length(); i++) {
      if (i == 0 || out.charAt(i - 1) == '-') {
        out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
      }
    }
    return out.toString();
  }

  /// UTF-8 where it is that, else one character for each byte.
  private static String fromTheWire(String value) {
    boolean isAscii = value.chars().allMatch(unit -> unit < 0x80);
    String text = isAscii ? value : decoded(value.getBytes(StandardCharsets.ISO_8859_1));
    return text == null ? value : text;
  }

  private static BsonDocument cookies(Received response) {
    BsonDocument cookies = new BsonDocument();
    for (String header : response.all("Set-Cookie")) {
      SetCookie cookie = SetCookie.parse(header);
      if (cookie != null) {
        cookies.put(cookie.name(), cookie(cookie));
      }
    }
    return cookies;
  }

  private static BsonDocument cookie(SetCookie cookie) {
    BsonDocument form = new BsonDocument("value", new BsonString(fromTheWire(cookie.value())));
    put(form, "path", cookie.attribute("path"));
    put(form, "domain", cookie.attribute("domain"));
    put(form, "expires", cookie.attribute("expires"));
    Integer maxAge = cookie.maxAge();
    if (maxAge != null) {
      form.put("maxAge", new BsonInt32(maxAge));
    }
    form.put("secure", BsonBoolean.valueOf(cookie.attribute("secure") != null));
    form.put("httpOnly", BsonBoolean.valueOf(cookie.attribute("httponly") != null));
    return form;
  }

  private static void put(BsonDocument form, String name, @Nullable String value) {
    if (value != null) {
      form.put(name, new BsonString(value));
    }
  }

  /// The body as text, or `null` when it is none: what is not UTF-8, and what holds control
  /// characters, each of which would travel as six.
  private static @Nullable String text(byte[] body) {
    for (byte unit : body) {
      if (unit >= 0 && unit < 0x20 && unit != '\n' && unit != '\r' && unit != '\t') {
        return null;
      }
    }
    return decoded(body);
  }

  private static @Nullable String decoded(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // It stands for what could not be read; that it was there itself makes no difference.
    return text.indexOf('\uFFFD') < 0 ? text : null;
  }
}
