// `context`: made anew for each invocation, so nothing that app code does to it outlives the call.
(berth) => {
  'use strict';

  const { fromWire, mongoService, headersOf } = berth;
  const { parse } = JSON;

  const lazy = (object, name, make) => {
    let value;
    let made = false;
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get() {
        if (!made) {
          value = make();
          made = true;
        }
        return value;
      },
      set(replacement) {
        value = replacement;
        made = true;
      },
    });
  };

  const requestFacts = (facts) => {
    const headers = headersOf(facts.headers);
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

  const systemUser = () => ({ id: '', type: 'system', data: {}, custom_data: {}, identities: [] });

  // `app` is what all invocations of this context share, as text: { values, environment, about, services }.
  berth.makeContext = (app, facts, runsAsSystem, execute) => {
    const context = {
      values: {
        get(name) {
          const text = app.values[name];
          return text === undefined ? undefined : fromWire(text);
        },
      },
      functions: { execute },
      services: {
        get(name) {
          return app.services[name] === true ? mongoService(name) : undefined;
        },
      },
      runningAsSystem: () => runsAsSystem,
    };
    lazy(context, 'app', () => parse(app.about));
    lazy(context, 'environment', () => fromWire(app.environment));
    lazy(context, 'request', () => requestFacts(facts));
    lazy(context, 'user', systemUser);
    return context;
  };
}
