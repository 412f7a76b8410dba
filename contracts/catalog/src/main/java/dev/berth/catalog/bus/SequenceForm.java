package dev.berth.catalog.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonValue;

/// A list, or a set as a list in which nothing stands twice.
record SequenceForm(Form element, boolean distinct) implements Form {

  @Override
  public BsonValue write(Object value) {
    BsonArray array = new BsonArray();
    int index = 0;
    for (Object each : (Collection<?>) value) {
      try {
        array.add(element.write(each));
      } catch (FormException fault) {
        throw fault.inside("[" + index + "]");
      }
      index++;
    }
    return array;
  }

  @Override
  public Object read(BsonValue written) {
    if (!(written instanceof BsonArray array)) {
      throw new FormException("is " + written.getBsonType() + " where an array belongs");
    }
    List<Object> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      try {
        elements.add(element.read(array.get(i)));
      } catch (FormException fault) {
        throw fault.inside("[" + i + "]");
      }
    }
    return distinct ? distinct(elements) : List.copyOf(elements);
  }

  private static Set<Object> distinct(List<Object> elements) {
    Set<Object> set = Set.copyOf(elements);
    if (set.size() != elements.size()) {
      throw new FormException("holds an element twice");
    }
    return set;
  }

  @Override
  public String name() {
    return (distinct ? "set of " : "list of ") + element.name();
  }
}
