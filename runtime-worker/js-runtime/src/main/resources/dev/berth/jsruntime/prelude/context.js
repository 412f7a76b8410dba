// `context`: made anew for each invocation, when it is first looked at, so nothing that app code does
// to it outlives the call.
(berth) => {
  'use strict';

  const { fromWire, mongoService, httpClient, httpService, userFacts } = berth;
  const { parse } = JSON;

  const requestFacts = (facts) => {
    const headers = facts.headers;
    const request = {
      remoteIPAddress: facts.remoteIpAddress,
      requestHeaders: headers,
      rawQueryString: facts.rawQueryString,
      httpReferrer: headers.Referer === undefined ? undefined : headers.Referer[0],
      httpUserAgent: headers['User-Agent'] === undefined ? undefined : headers['User-Agent'][0],
      service: '',
      action: '',
    };
    if (facts.method !== '') request.httpMethod = facts.method;
    if (facts.route !== '') request.webhookUrl = facts.route;
    return request;
  };

  // `app` is what all invocations of this context share: { values, environment, about, services,
  // httpServices }, of which the first three are texts.
  // `read` gives the facts of the request, a new copy each time.
  // `rights` are those of a call that has more than the invocation (see rights.js).
  berth.makeContext = (app, read, runsAsSystem, execute, rights) => {
    let about;
    let environment;
    let http;
    let request;
    let user;
    return {
      values: {
        get(name) {
          const text = app.values[name];
          return text === undefined ? undefined : fromWire(text);
        },
      },
      functions: { execute },
      services: {
        get(name) {
          if (app.services[name] === true) return mongoService(name, rights);
          const actions = app.httpServices[name];
          return actions === undefined ? undefined : httpService(name, actions);
        },
      },
      runningAsSystem: () => (rights === undefined ? runsAsSystem : berth.rightsKey(rights) === 'system'),
      get app() {
        if (about === undefined) about = parse(app.about);
        return about;
      },
      set app(value) {
        about = value;
      },
      get environment() {
        if (environment === undefined) environment = fromWire(app.environment);
        return environment;
      },
      set environment(value) {
        environment = value;
      },
      get http() {
        if (http === undefined) http = httpClient();
        return http;
      },
      set http(value) {
        http = value;
      },
      get request() {
        if (request === undefined) request = requestFacts(read());
        return request;
      },
      set request(value) {
        request = value;
      },
      get user() {
        if (user === undefined) user = fromWire(userFacts(rights !== undefined));
        return user;
      },
      set user(value) {
        user = value;
      },
    };
  };
}
