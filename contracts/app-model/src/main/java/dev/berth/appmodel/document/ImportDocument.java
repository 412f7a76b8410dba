package dev.berth.appmodel.document;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.Layout;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonNull;
import dev.berth.appmodel.json.JsonNode.JsonNumber;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.appmodel.json.Place;
import dev.berth.ejson.EjsonParseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reads the JSON document of an import or a push. Which of the forms that such documents had
/// over the years it is of, its `config_version` says.
public final class ImportDocument {

  /// What the document is called in problems.
  static final String NAME = "document";

  private ImportDocument() {}

  /// What became of a document.
  public sealed interface Result {}

  /// A document that can become files. Whether these are an app is another question, for
  /// [dev.berth.appmodel.directory.AppDirectory].
  ///
  /// @param layout the one that its files should have
  /// @param secrets values that came with the document, by the names that it gives them now
  public record Taken(AppDocument document, Layout layout, Secrets secrets) implements Result {

    /// The files of the app.
    public AppBundle.Result bundle() {
      return AppExport.bundle(document, layout);
    }
  }

  /// A document that cannot be read; at least one of the problems is an error.
  public record Refused(List<Problem> problems) implements Result {

    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /// Writes a document as an import sends it.
  ///
  /// @param layout of which its files are to be; 20210101 or 20230101
  /// @param secrets values to bring along, by kind of owner, name of owner and key
  public static String write(AppDocument document, Layout layout, Json.Fields secrets) {
    Json.Fields content = SecondGeneration.versioned(document.content(), layout);
    return JsonWriter.compact(secrets.isEmpty() ? content : content.with("secrets", secrets));
  }

  /// Reads the body of a request.
  public static Result read(byte[] body) {
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException malformed) {
      return refused(Place.of(NAME), "the document is not valid UTF-8");
    }
  }

  /// Reads the text of a document.
  public static Result read(String text) {
    try {
      JsonNode node = LocatedJson.parse(NAME, text);
      return node instanceof JsonObject object
          ? read(object)
          : refused(node.place(), "expected an object, found " + node.kind());
    } catch (EjsonParseException malformed) {
      return refused(
          Place.of(NAME).onLine(malformed.line()),
          "malformed JSON at column " + malformed.column() + ": " + malformed.getMessage());
    }
  }

  private static Result read(JsonObject object) {
    JsonNode version = object.fields().get("config_version");
    if (version == null || version instanceof JsonNull) {
      return read(object, Layout.V20230101, DocumentShapes.PUSHED, PushedDocument::toDocument);
    }
    Layout layout = layout(version);
    return switch (layout) {
      case null ->
          refused(version.place(), "the config_version is not known; allowed are " + allVersions());
      case V20180301, V20200603 ->
          read(
              object,
              layout,
              DocumentShapes.FIRST_GENERATION,
              (given, _) -> FirstGeneration.toDocument(given));
      case V20210101, V20230101 ->
          read(
              object,
              layout,
              DocumentShapes.SECOND_GENERATION,
              (given, _) -> SecondGeneration.toDocument(given));
    };
  }

  private static Result read(
      JsonObject object,
      Layout layout,
      Shape shape,
      BiFunction<Json.Fields, DocumentProblems, Json.Fields> form) {
    DocumentProblems problems = new DocumentProblems();
    shape.check(object, problems);
    if (!problems.areNone()) {
      return new Refused(problems.all());
    }
    Json.Fields content = form.apply(Json.of(object), problems);
    UploadedSecrets uploaded = UploadedSecrets.in(content, problems);
    return problems.areNone()
        ? new Taken(
            new AppDocument(uploaded.content(), AppBundle.empty()), layout, uploaded.secrets())
        : new Refused(problems.all());
  }

  private static @Nullable Layout layout(JsonNode version) {
    return version instanceof JsonNumber number && number.text().matches("\\d{1,9}")
        ? Layout.ofVersion(Integer.parseInt(number.text()))
        : null;
  }

  private static String allVersions() {
    StringBuilder all = new StringBuilder();
    for (Layout layout : Layout.values()) {
      all.append(all.isEmpty() ? "" : ", ").append(layout.configVersion());
    }
    return all.toString();
  }

  private static Refused refused(Place place, String message) {
    return new Refused(
        List.of(Problem.error(place.file(), place.pointer(), place.line(), message)));
  }
}
