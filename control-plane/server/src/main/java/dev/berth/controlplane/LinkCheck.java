package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DataSource;
import dev.berth.appmodel.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether every data source of an app leads to a database.
record LinkCheck(LinkedDataSources links) {

  List<Problem> problemsOf(AppDefinition definition, @Nullable AppId appId) {
    return definition.dataSources().stream()
        .map(DataSource::name)
        .filter(name -> !links.isLinked(appId, name))
        .map(name -> problem(name, appId))
        .toList();
  }

  private static Problem problem(String name, @Nullable AppId appId) {
    return Problem.error(
        "data_sources/" + name + "/config.json",
        "",
        0,
        "the data source is not linked to a database: an operator links it with the setting data-source.%s.%s=mongodb://…, or with data-source.*.%s for all apps"
            .formatted(appId == null ? "<App ID>" : appId, name, name));
  }
}
