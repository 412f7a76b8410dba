package dev.berth.appmodel;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One custom HTTPS endpoint: a route and a method, bound to a function.
///
/// How its caller is authenticated is said by the function (see [FunctionDefinition#runAs]).
///
/// @param route begins with `/`
/// @param secretName the secret of the two secret schemes; `null` with `NO_VALIDATION`
/// @param respondWithResult whether the function's return value becomes the body
/// @param returnType the default format; a file without one means [ReturnType#EJSON]
/// @param canEvaluate the authorization expression; an empty document allows everyone
public record Endpoint(
    String route,
    HttpMethod method,
    String functionName,
    ValidationMethod validationMethod,
    @Nullable String secretName,
    boolean respondWithResult,
    ReturnType returnType,
    boolean fetchCustomUserData,
    boolean createUserOnAuth,
    boolean disabled,
    BsonValue canEvaluate) {}
