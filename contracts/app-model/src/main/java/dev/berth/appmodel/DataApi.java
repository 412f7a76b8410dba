package dev.berth.appmodel;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The endpoints that App Services generated for reading and writing collections.
///
/// @param versions such as `v1`, `beta`
/// @param secretName the secret of the two secret schemes; `null` with `NO_VALIDATION`
public record DataApi(
    boolean disabled,
    List<String> versions,
    ReturnType returnType,
    boolean createUserOnAuth,
    boolean fetchCustomUserData,
    RunAs runAs,
    ValidationMethod validationMethod,
    @Nullable String secretName,
    boolean logArguments,
    BsonValue canEvaluate) {

  public DataApi {
    versions = List.copyOf(versions);
  }

  /// What an app without the file has.
  public static DataApi off() {
    return new DataApi(
        true,
        List.of("v1"),
        ReturnType.JSON,
        false,
        false,
        new RunAs.Caller(),
        ValidationMethod.NO_VALIDATION,
        null,
        false,
        new BsonDocument());
  }

  /// The Data API as a function: as whom it runs, and who may call it. It has no source, and a
  /// name that no author can give.
  public FunctionDefinition asFunction() {
    return new FunctionDefinition(
        ":data_api", "the Data API", "", true, canEvaluate, logArguments, runAs);
  }

  /// The Data API as the endpoint of a route: what has to be true of a request before anything is
  /// done.
  public Endpoint asEndpoint(String route) {
    return new Endpoint(
        route,
        HttpMethod.POST,
        asFunction().name(),
        validationMethod,
        secretName,
        true,
        returnType,
        fetchCustomUserData,
        createUserOnAuth,
        disabled,
        canEvaluate);
  }
}
