package dev.berth.appmodel;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A legacy HTTP endpoint of a service; endpoints took its place.
///
/// Its function stands among the app's functions under [#functionName()], and the endpoint of
/// route `/<service>/<name>` among the app's endpoints. Both names hold a `:`, which nothing
/// that an author names may hold.
///
/// @param method [HttpMethod#ANY] when the file says none
/// @param validationMethod the scheme that the secret serves
/// @param secret `null` with `NO_VALIDATION`
/// @param respondWithResult whether the return value is the body, unless the function touched the
///     response
/// @param runAs the system when the file says nothing else
public record IncomingWebhook(
    String service,
    String name,
    HttpMethod method,
    ValidationMethod validationMethod,
    @Nullable LiteralSecret secret,
    boolean respondWithResult,
    boolean fetchCustomUserData,
    boolean createUserOnAuth,
    boolean logArguments,
    RunAs runAs,
    BsonValue canEvaluate) {

  /// The name its function is registered under.
  public String functionName() {
    return "webhook:" + service + "/" + name;
  }

  /// The name its secret is known under, should it have one.
  public String secretName() {
    return "webhook:" + service + "/" + name;
  }

  /// The route of the endpoint that does the same.
  public String route() {
    return "/" + service + "/" + name;
  }

  /// The endpoint that does the same under the route of its own.
  public Endpoint asEndpoint() {
    return new Endpoint(
        route(),
        method,
        functionName(),
        validationMethod,
        secret == null ? null : secretName(),
        respondWithResult,
        ReturnType.EJSON,
        fetchCustomUserData,
        createUserOnAuth,
        false,
        canEvaluate);
  }
}
