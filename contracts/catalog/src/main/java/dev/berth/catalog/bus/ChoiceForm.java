package dev.berth.catalog.bus;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// One of the records of a sealed interface: a document whose only field has the record's
/// simple name.
final class ChoiceForm implements Form {

  private final Class<?> type;
  private final SortedMap<String, Form> byTag = new TreeMap<>();
  private final Map<Class<?>, String> tags = new HashMap<>();

  ChoiceForm(Class<?> type) {
    this.type = type;
  }

  /// Finds the forms of the records, which may lead back here.
  void resolve(Function<Class<?>, Form> forms) {
    permit(type, forms);
  }

  private void permit(Class<?> sealed, Function<Class<?>, Form> forms) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        permit(permitted, forms);
      } else if (byTag.put(permitted.getSimpleName(), forms.apply(permitted)) == null) {
        tags.put(permitted, permitted.getSimpleName());
      } else if (!tags.containsKey(permitted)) {
        throw new IllegalArgumentException(
            type.getName() + " permits two records called " + permitted.getSimpleName());
      }
    }
  }

  @Override
  public BsonValue write(Object value) {
    String tag = tags.getOrDefault(value.getClass(), "");
    return new BsonDocument(tag, form(tag).write(value));
  }

  @Override
  public Object read(BsonValue written) {
    if (!(written instanceof BsonDocument document) || document.size() != 1) {
      throw new FormException("is not a document of one field");
    }
    Map.Entry<String, BsonValue> only = document.entrySet().iterator().next();
    return form(only.getKey()).read(only.getValue());
  }

  private Form form(String tag) {
    Form form = byTag.get(tag);
    if (form == null) {
      throw new FormException("is none of " + byTag.keySet());
    }
    return form;
  }

  @Override
  public String name() {
    return type.getName();
  }

  @Override
  public String structure() {
    return "choice " + name() + byTag.keySet();
  }
}
