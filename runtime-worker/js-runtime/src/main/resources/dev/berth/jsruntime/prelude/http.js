// What an endpoint function gets: `request` and `response`.
(berth) => {
  'use strict';

  const { BinaryValue, make, hide } = berth;
  const { isView } = ArrayBuffer;
  const BufferType = ArrayBuffer;
  const { isInteger } = Number;
  const ProxyType = Proxy;
  const lower = Function.prototype.call.bind(String.prototype.toLowerCase);
  const ownKeys = Reflect.ownKeys;
  const get = Reflect.get;

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

  // What few functions look at is read when they do.
  berth.endpointRequest = (read, text, latin1) => {
    let query;
    let headers;
    return {
      get query() {
        if (query === undefined) query = read().query;
        return query;
      },
      set query(value) {
        query = value;
      },
      get headers() {
        if (headers === undefined) headers = anyCase(read().headers);
        return headers;
      },
      set headers(value) {
        headers = value;
      },
      body: text !== null ? make.binaryFromText(text) : latin1 !== null ? make.binaryFromLatin1(latin1) : undefined,
    };
  };

  // ---- response

  const headerText = (value, what) => {
    if (typeof value === 'string') return value;
    if (typeof value !== 'number' && typeof value !== 'boolean') {
      throw new TypeError(what + ' must be a string');
    }
    return '' + value;
  };

  const hasHeader = (headers, name) => {
    const wanted = lower(name);
    for (let i = 0; i < headers.length; i += 2) if (lower(headers[i]) === wanted) return true;
    return false;
  };

  const withoutHeader = (headers, name) => {
    const wanted = lower(name);
    const kept = [];
    for (let i = 0; i < headers.length; i += 2) {
      if (lower(headers[i]) !== wanted) berth.push(kept, headers[i], headers[i + 1]);
    }
    return kept;
  };

  // The response of the running call keeps its state here: an object with a private field takes five
  // times as long to make, and every call makes one. A response that app code makes has its own.
  const given = { status: 0, headers: undefined, body: undefined };
  let givenResponse;

  class HTTPResponse {
    #own = { status: 0, headers: undefined, body: undefined };
    static stateOf(response) {
      return response === givenResponse ? given : response.#own;
    }
    setStatusCode(code) {
      const status = typeof code === 'string' ? Number(code) : code;
      if (!isInteger(status) || status < 200 || status > 599) {
        throw new TypeError('setStatusCode takes a whole number from 200 to 599');
      }
      stateOf(this).status = status;
      return this;
    }
    setBody(body) {
      const state = stateOf(this);
      if (typeof body === 'string') state.body = BinaryValue.contentOfText(body);
      else if (typeof body === 'object' && body !== null && BinaryValue.is(body)) state.body = BinaryValue.content(body);
      else if (isView(body) || body instanceof BufferType) state.body = BinaryValue.content(globalThis.BSON.Binary(body));
      else throw new TypeError('setBody takes a string or a BSON.Binary');
      return this;
    }
    setHeader(name, value) {
      const text = headerText(value, 'a header value');
      const wanted = headerText(name, 'a header name');
      const state = stateOf(this);
      if (state.headers === undefined) state.headers = [wanted, text];
      else {
        if (hasHeader(state.headers, wanted)) state.headers = withoutHeader(state.headers, wanted);
        append(state, wanted, text);
      }
      return this;
    }
    addHeader(name, value) {
      append(stateOf(this), headerText(name, 'a header name'), headerText(value, 'a header value'));
      return this;
    }
  }

  const append = (state, name, value) => {
    if (state.headers === undefined) state.headers = [];
    const { headers } = state;
    headers[headers.length] = name;
    headers[headers.length] = value;
  };

  const { stateOf } = HTTPResponse;
  delete HTTPResponse.stateOf;

  function Response() {}
  Response.prototype = HTTPResponse.prototype;

  hide(globalThis, { HTTPResponse });
  berth.newResponse = () => (givenResponse = new Response());
  berth.givenResponse = given;
  berth.forgetResponse = () => {
    givenResponse = undefined;
    given.status = 0;
    given.headers = undefined;
    given.body = undefined;
  };
}
