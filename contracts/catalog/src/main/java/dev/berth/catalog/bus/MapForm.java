package dev.berth.catalog.bus;

import java.util.HashMap;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonValue;

/// A map from text, as an array of keys and values in turn: names of BSON fields cannot be any
/// text.
///
/// Paths count entries instead of naming keys, which may be as confidential as values.
record MapForm(Form value) implements Form {

  @Override
  public BsonValue write(Object map) {
    BsonArray pairs = new BsonArray();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
      try {
        pairs.add(LeafForm.TEXT.write(entry.getKey()));
        pairs.add(value.write(entry.getValue()));
      } catch (FormException fault) {
        throw fault.inside("[" + pairs.size() / 2 + "]");
      }
    }
    return pairs;
  }

  @Override
  public Object read(BsonValue written) {
    if (!(written instanceof BsonArray pairs) || pairs.size() % 2 != 0) {
      throw new FormException("is not an array of keys and values");
    }
    Map<String, Object> map = HashMap.newHashMap(pairs.size() / 2);
    for (int i = 0; i < pairs.size(); i += 2) {
      try {
        String key = (String) LeafForm.TEXT.read(pairs.get(i));
        if (map.put(key, value.read(pairs.get(i + 1))) != null) {
          throw new FormException("has the key of another entry");
        }
      } catch (FormException fault) {
        throw fault.inside("[" + i / 2 + "]");
      }
    }
    return Map.copyOf(map);
  }

  @Override
  public String name() {
    return "map to " + value.name();
  }
}
