// The HTTP client of functions: `context.http`, and the HTTP services of `context.services`.
//
// Each request is one request to the host's `http` service, which judges all arguments. What they are
// and what is answered follows `services/http-actions` of the original's documentation.
(berth) => {
  'use strict';

  const { request, toWireDocument, make, coded, errorCodeOf } = berth;
  const { stringify } = globalThis.EJSON;
  const PromiseType = Promise;
  const promiseThen = Function.prototype.call.bind(Promise.prototype.then);

  const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head'];
  const ARGUMENTS = [
    'url', 'scheme', 'host', 'domain', 'path', 'query', 'fragment', 'username', 'password', 'headers', 'cookies', 'body', 'form',
    'digestAuth', 'authUrl', 'followRedirects',
  ];

  // Text stays text: most bodies are, and few functions want their bytes.
  const toResponse = (answer) => ({
    status: answer.status,
    statusCode: answer.statusCode,
    contentLength: answer.contentLength,
    headers: answer.headers,
    cookies: answer.cookies,
    body: answer.text === undefined ? answer.body : make.binaryFromText(answer.text),
  });

  const rethrow = (error) => {
    throw coded(error, errorCodeOf(error));
  };

  const send = (method, options) => {
    if (typeof options !== 'object' || options === null) throw new TypeError('http request: the argument must be an object');
    const values = { __proto__: null, method };
    for (let i = 0; i < ARGUMENTS.length; i++) {
      const value = options[ARGUMENTS[i]];
      if (value !== undefined) values[ARGUMENTS[i]] = value;
    }
    const { encodeBodyAsJSON } = options;
    if (encodeBodyAsJSON !== undefined && typeof encodeBodyAsJSON !== 'boolean') {
      throw new TypeError('http request: "encodeBodyAsJSON" argument must be a boolean');
    }
    if (encodeBodyAsJSON === true && values.body !== undefined) {
      values.body = stringify(values.body);
      values.encodedAsJson = true;
    }
    return promiseThen(request('http.send', toWireDocument(values)), toResponse, rethrow);
  };

  // A mistake in the arguments rejects, as any other failure does.
  const action = (method, check) =>
    ({
      [method](options) {
        try {
          if (check !== undefined) check(method);
          return send(method, options);
        } catch (error) {
          return PromiseType.reject(error);
        }
      },
    })[method];

  const client = (check) => {
    const actions = {};
    for (let i = 0; i < METHODS.length; i++) actions[METHODS[i]] = action(METHODS[i], check);
    return actions;
  };

  berth.sendHttp = send;
  berth.httpClient = () => client(undefined);

  // `allowed` holds the actions that a rule without a condition names.
  berth.httpService = (name, allowed) =>
    client((method) => {
      if (allowed[method] === true || allowed['*'] === true) return;
      throw coded(
        new Error(`no rule without a condition allows '${method}' of the service '${name}'`),
        'NoMatchingRuleFound',
      );
    });
}
