package dev.berth.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;

/// A part of an expression that has a value, or none.
sealed interface Term {

  /// As it is written.
  record Literal(BsonValue value) implements Term {}

  /// `%%source.name.name`, or a bare name with its source.
  record Expansion(Source source, List<String> path) implements Term {

    public Expansion {
      path = List.copyOf(path);
    }

    /// What lies deeper, at a name that may have dots.
    Expansion inside(String name) {
      List<String> longer = new ArrayList<>(path);
      longer.addAll(List.of(name.split("\\.", -1)));
      return new Expansion(source, longer);
    }
  }

  /// A value of one type as one of another.
  record Converted(Converter converter, Term value) implements Term {}

  /// What a function of the app returns.
  record Called(String function, List<Term> arguments) implements Term {

    public Called {
      arguments = List.copyOf(arguments);
    }
  }

  /// An array with parts that are no literals.
  record Listed(List<Term> elements) implements Term {

    public Listed {
      elements = List.copyOf(elements);
    }
  }

  /// A document with parts that are no literals.
  record Composed(Map<String, Term> fields) implements Term {

    public Composed {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }
}
