package dev.berth.catalog.bus;

import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonString;
import org.bson.BsonValue;

/// One of the constants of an enum, by its name.
final class EnumForm implements Form {

  private final Class<?> type;
  private final Map<String, Object> constants = new TreeMap<>();

  EnumForm(Class<?> type) {
    this.type = type;
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
  }

  @Override
  public BsonValue write(Object value) {
    return new BsonString(((Enum<?>) value).name());
  }

  @Override
  public Object read(BsonValue written) {
    Object constant = constants.get((String) LeafForm.TEXT.read(written));
    if (constant == null) {
      throw new FormException("is none of " + constants.keySet());
    }
    return constant;
  }

  @Override
  public String name() {
    return type.getName();
  }

  @Override
  public String structure() {
    return "enum " + name() + constants.keySet();
  }
}
