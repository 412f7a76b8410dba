package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The names that one file uses and another one defines, to be checked when all files are read.
final class References {

  private record Reference(Place place, String name) {}

  private final List<Reference> functions = new ArrayList<>();
  private final List<Reference> dataSources = new ArrayList<>();
  private final List<SecretReference> secrets = new ArrayList<>();
  private final List<LocatedExpression> expressions = new ArrayList<>();
  private final List<LocatedDocument> documents = new ArrayList<>();

  void function(Place place, String name) {
    functions.add(new Reference(place, name));
  }

  void dataSource(Place place, String name) {
    dataSources.add(new Reference(place, name));
  }

  void secret(Place place, String name) {
    secrets.add(new SecretReference(name, place.file(), place.pointer(), place.line()));
  }

  void expression(LocatedExpression expression) {
    expressions.add(expression);
  }

  void document(LocatedDocument document) {
    documents.add(document);
  }

  List<LocatedDocument> documents() {
    return List.copyOf(documents);
  }

  List<LocatedExpression> expressions() {
    return List.copyOf(expressions);
  }

  List<SecretReference> secrets() {
    return List.copyOf(secrets);
  }

  /// Reports every function and data source that is named but not defined.
  void check(Set<String> definedFunctions, Set<String> definedDataSources, Problems problems) {
    report("function", functions, definedFunctions, problems);
    report("data source", dataSources, definedDataSources, problems);
  }

  private static void report(
      String what, List<Reference> references, Set<String> defined, Problems problems) {
    for (Reference reference : references) {
      if (!defined.contains(reference.name())) {
        problems.error(
            reference.place(), "there is no " + what + " named \"" + reference.name() + "\"");
      }
    }
  }
}
