package dev.berth.appmodel.directory;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.json.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the root file: `root_config.json`, `realm_config.json`, `config.json` or `stitch.json`.
final class RootReader {

  private static final String DEFAULT_REGION = Regions.USUAL;

  private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/\\s?#]+");

  private static final Choices<String> ENVIRONMENTS =
      Choices.ofTexts("development", "testing", "qa", "production").and("no-environment", "");

  private final Reading reading;
  private final ObjectReader root;
  private final Layout layout;

  RootReader(Reading reading, ObjectReader root) {
    this.reading = reading;
    this.root = root;
    this.layout = reading.layout();
  }

  /// The tag of the environment, `""` for none.
  String environmentTag() {
    return root.choice("environment", ENVIRONMENTS, "");
  }

  /// The app's name. Templates exported by the oldest layouts lack it and take the folder's.
  ///
  /// @param folder the name of the root folder
  String name(String folder) {
    String name = root.text("name");
    if (name == null && layout.isFirstGeneration()) {
      String substitute = Names.APP.allows(folder) ? folder : "app";
      root.warning("name", "\"name\" is missing; read as \"" + substitute + "\"");
      return substitute;
    }
    if (name == null) {
      root.requiredText("name");
      return "";
    }
    Names.APP.check(name, root.place("name"), reading);
    return name;
  }

  /// The App ID of the root file, or else the one of the marker file.
  @Nullable AppId declaredId(@Nullable String marked) {
    String id = root.text("app_id");
    if (id == null) {
      return marked != null && AppId.isValid(marked) ? new AppId(marked) : null;
    }
    if (!AppId.isValid(id)) {
      root.error("app_id", "found the App ID \"" + id + "\"; allowed are letters, digits, _ and -");
      return null;
    }
    return new AppId(id);
  }

  /// Regions and models are Berth's own business, so unknown ones do not stop a deployment.
  DeploymentModel deploymentModel() {
    String text = root.text("deployment_model");
    Choices<DeploymentModel> models = Choices.of(DeploymentModel.class);
    DeploymentModel model = text == null ? DeploymentModel.GLOBAL : models.find(text);
    if (model == null) {
      root.warning(
          "deployment_model",
          "found \"" + text + "\", read as GLOBAL; known are " + models.allowed());
      return DeploymentModel.GLOBAL;
    }
    return model;
  }

  String providerRegion() {
    String region = root.text("provider_region");
    if (region != null) {
      return known("provider_region", region, Regions.isKnown(region) ? region : null);
    }
    String location = root.text("location");
    return location == null
        ? DEFAULT_REGION
        : known("location", location, Regions.ofLocation(location));
  }

  private String known(String field, String found, @Nullable String region) {
    if (region != null) {
      return region;
    }
    root.warning(field, "\"" + found + "\" is not known; read as " + DEFAULT_REGION);
    return DEFAULT_REGION;
  }

  List<String> allowedRequestOrigins() {
    ObjectReader holder = layout.isFirstGeneration() ? root.object("security") : root;
    List<String> origins = new ArrayList<>();
    for (String origin : holder.texts("allowed_request_origins")) {
      String trimmed = origin.endsWith("/") ? origin.substring(0, origin.length() - 1) : origin;
      if (!ORIGIN.matcher(trimmed).matches()) {
        Place place = holder.place("allowed_request_origins");
        reading.error(
            place, "found the origin \"" + origin + "\"; expected <scheme>://<host>[:<port>]");
      }
      origins.add(trimmed);
    }
    return origins;
  }
}
