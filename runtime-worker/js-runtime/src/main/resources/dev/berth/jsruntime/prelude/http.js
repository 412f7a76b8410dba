// What an endpoint function gets: `request` and `response`.
(berth) => {
  'use strict';

  const { BinaryValue, make, hide, share } = berth;
  const { isInteger } = Number;
  const ProxyType = Proxy;
  const lower = Function.prototype.call.bind(String.prototype.toLowerCase);
  const ownKeys = Reflect.ownKeys;
  const get = Reflect.get;
  const has = (object, key) => berth.apply(Object.prototype.hasOwnProperty, object, [key]);

  // The host sends [name, value, name, value, …] with canonical names.
  const headersOf = (pairs) => {
    const headers = {};
    for (let i = 0; i < pairs.length; i += 2) {
      const name = pairs[i];
      if (has(headers, name)) berth.push(headers[name], pairs[i + 1]);
      else berth.define(headers, name, [pairs[i + 1]]);
    }
    return headers;
  };

  const queryOf = (pairs) => {
    const query = {};
    for (let i = 0; i < pairs.length; i += 2) {
      // The first value counts.
      if (!has(query, pairs[i])) berth.define(query, pairs[i], pairs[i + 1]);
    }
    return query;
  };

  // Looks a header up in any letter case, while its names enumerate as the original had them.
  const anyCase = (headers) =>
    new ProxyType(headers, {
      __proto__: null,
      get(target, key, receiver) {
        if (typeof key !== 'string' || key in target) return get(target, key, receiver);
        const wanted = lower(key);
        const names = ownKeys(target);
        for (let i = 0; i < names.length; i++) {
          if (typeof names[i] === 'string' && lower(names[i]) === wanted) return target[names[i]];
        }
        return undefined;
      },
    });

  berth.endpointRequest = (facts, text, latin1) => ({
    query: queryOf(facts.query),
    headers: anyCase(headersOf(facts.headers)),
    body: text !== null ? make.binaryFromText(text) : latin1 !== null ? make.binaryFromLatin1(latin1) : undefined,
  });
  berth.headersOf = headersOf;

  // ---- response

  const states = new WeakMap();
  const stateGet = Function.prototype.call.bind(WeakMap.prototype.get);
  const stateSet = Function.prototype.call.bind(WeakMap.prototype.set);
  const stateOf = (response) => {
    const state = stateGet(states, response);
    if (state === undefined) throw new TypeError('this method needs the response object');
    return state;
  };

  const headerText = (value, what) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw new TypeError(what + ' must be a string');
    }
    return '' + value;
  };

  class HTTPResponse {
    constructor() {
      stateSet(states, this, { status: 0, headers: [], body: undefined });
    }
    setStatusCode(code) {
      const status = typeof code === 'number' || typeof code === 'string' ? Number(code) : NaN;
      if (!isInteger(status) || status < 200 || status > 599) {
        throw new TypeError('setStatusCode takes a whole number from 200 to 599');
      }
      stateOf(this).status = status;
      return this;
    }
    setBody(body) {
      const state = stateOf(this);
      if (typeof body === 'string') state.body = BinaryValue.content(make.binaryFromText(body));
      else if (typeof body === 'object' && body !== null && BinaryValue.is(body)) state.body = BinaryValue.content(body);
      else if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer) {
        state.body = BinaryValue.content(globalThis.BSON.Binary(body));
      } else throw new TypeError('setBody takes a string or a BSON.Binary');
      return this;
    }
    setHeader(name, value) {
      const state = stateOf(this);
      const wanted = lower(headerText(name, 'a header name'));
      const text = headerText(value, 'a header value');
      const kept = [];
      for (let i = 0; i < state.headers.length; i += 2) {
        if (lower(state.headers[i]) !== wanted) berth.push(kept, state.headers[i], state.headers[i + 1]);
      }
      berth.push(kept, '' + name, text);
      state.headers = kept;
      return this;
    }
    addHeader(name, value) {
      berth.push(stateOf(this).headers, headerText(name, 'a header name'), headerText(value, 'a header value'));
      return this;
    }
  }

  hide(globalThis, { HTTPResponse });
  berth.newResponse = () => new HTTPResponse();
  berth.responseState = stateOf;
}
