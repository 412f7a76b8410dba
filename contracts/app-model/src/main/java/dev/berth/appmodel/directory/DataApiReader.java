package dev.berth.appmodel.directory;

import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.ExpressionScope;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.json.Place;
import java.util.List;

/// Reads the configuration of the generated Data API, which had two names and three folders.
final class DataApiReader {

  private static final String NEWER = "gen_endpoints_config.json";
  private static final String OLDER = "data_api_config.json";

  private final Reading reading;
  private final List<String> candidates;

  /// @param folder the endpoints folder that is there
  DataApiReader(Reading reading, String folder) {
    this.reading = reading;
    this.candidates =
        switch (reading.layout()) {
          case V20180301, V20200603 -> List.of(OLDER, folder + "/" + OLDER);
          case V20210101 -> List.of(folder + "/" + OLDER, folder + "/" + NEWER);
          case V20230101 -> List.of(folder + "/" + NEWER, folder + "/" + OLDER);
        };
  }

  DataApi read() {
    for (String file : candidates) {
      if (reading.files().exists(file)) {
        ObjectReader fields = reading.object(file);
        return fields == null ? DataApi.off() : dataApi(fields);
      }
    }
    return DataApi.off();
  }

  private DataApi dataApi(ObjectReader fields) {
    Validation validation = Validation.read(fields, reading);
    List<String> versions = fields.texts("versions");
    return new DataApi(
        fields.flag("disabled"),
        versions.isEmpty() ? List.of("v1") : versions,
        fields.choice("return_type", EndpointsReader.RETURN_TYPES, ReturnType.JSON),
        fields.flag("create_user_on_auth"),
        fields.flag("fetch_custom_user_data"),
        RunAsReader.ofFunction(fields),
        validation.method(),
        validation.secretName(),
        fields.flag("log_function_arguments"),
        fields.expression("can_evaluate", ExpressionScope.REQUEST));
  }

  /// Reports custom endpoints that the Data API would hide.
  void checkRoutes(DataApi dataApi, List<Endpoint> endpoints, String endpointsFile) {
    if (dataApi.disabled()) {
      return;
    }
    for (Endpoint endpoint : endpoints) {
      for (String version : dataApi.versions()) {
        if (endpoint.route().startsWith("/data/" + version + "/")) {
          reading.error(
              Place.of(endpointsFile),
              "the route \"" + endpoint.route() + "\" belongs to the Data API, which is enabled");
        }
      }
    }
  }
}
