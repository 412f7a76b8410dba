// `fetch`, `Headers` and `Response`, over the same client as `context.http`: its limits and its rules
// about addresses hold. A response is there as a whole; there are no streams.
(berth) => {
  'use strict';

  const { lazily, sendHttp, BinaryValue } = berth;
  const { toUtf8, fromUtf8 } = berth.bytes;
  const { parse } = JSON;
  const { keys } = Object;
  const { isView } = ArrayBuffer;
  const { isInteger } = Number;
  const { from } = Array;
  const BufferType = ArrayBuffer;
  const Bytes = Uint8Array;
  const TypeErrorType = TypeError;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const promiseThen = uncurry(Promise.prototype.then);
  const lower = uncurry(String.prototype.toLowerCase);
  const slice = uncurry(String.prototype.slice);
  const test = uncurry(RegExp.prototype.test);
  const replace = uncurry(String.prototype.replace);
  const sort = uncurry(Array.prototype.sort);
  const ITERATOR = Symbol.iterator;
  const METHODS = { __proto__: null, get: true, post: true, put: true, patch: true, delete: true, head: true };

  const makeTypes = () => {
    const headerName = (name) => {
      const text = lower(`${name}`);
      if (!test(/^[!#$%&'*+.^_`|~0-9a-z-]+$/, text)) throw new TypeErrorType('Headers takes names of HTTP headers');
      return text;
    };
    const headerValue = (value) => {
      const text = replace(`${value}`, /^[\t\n\r ]+|[\t\n\r ]+$/g, '');
      if (test(/[\0\n\r]/, text)) throw new TypeErrorType('Headers takes values on one line');
      return text;
    };

    let listsOf;

    class Headers {
      #lists = { __proto__: null };
      constructor(init) {
        if (init === undefined || init === null) return;
        if (typeof init !== 'object') throw new TypeErrorType('Headers takes an object, or pairs of a name and a value');
        if (#lists in init) {
          for (const name of keys(init.#lists)) this.#lists[name] = from(init.#lists[name]);
        } else if (typeof init[ITERATOR] === 'function') {
          for (const [name, value] of init) this.append(name, value);
        } else {
          for (const name of keys(init)) this.append(name, init[name]);
        }
      }
      static {
        listsOf = (headers) => headers.#lists;
      }
      append(name, value) {
        const key = headerName(name);
        if (this.#lists[key] === undefined) this.#lists[key] = [];
        berth.push(this.#lists[key], headerValue(value));
      }
      set(name, value) {
        this.#lists[headerName(name)] = [headerValue(value)];
      }
      get(name) {
        const values = this.#lists[headerName(name)];
        if (values === undefined) return null;
        let out = values[0];
        for (let i = 1; i < values.length; i++) out += ', ' + values[i];
        return out;
      }
      getSetCookie() {
        return from(this.#lists['set-cookie'] ?? []);
      }
      has(name) {
        return this.#lists[headerName(name)] !== undefined;
      }
      delete(name) {
        delete this.#lists[headerName(name)];
      }
      forEach(callback, receiver) {
        for (const [name, value] of this) berth.apply(callback, receiver, [value, name, this]);
      }
      *entries() {
        for (const name of sort(keys(this.#lists))) yield [name, this.get(name)];
      }
      *keys() {
        for (const [name] of this.entries()) yield name;
      }
      *values() {
        for (const [, value] of this.entries()) yield value;
      }
      [ITERATOR]() {
        return this.entries();
      }
      get [Symbol.toStringTag]() {
        return 'Headers';
      }
    }

    // What can be sent, and the type it has unless a header says another.
    const bodyOf = (body) => {
      if (body === undefined || body === null) return { content: undefined, type: undefined };
      if (typeof body === 'object') {
        if (BinaryValue.is(body)) return { content: body, type: undefined };
        if (isView(body) || body instanceof BufferType) return { content: globalThis.BSON.Binary(body), type: undefined };
        if (body instanceof globalThis.URLSearchParams) {
          return { content: `${body}`, type: 'application/x-www-form-urlencoded;charset=UTF-8' };
        }
      }
      return { content: `${body}`, type: 'text/plain;charset=UTF-8' };
    };

    class Response {
      #body;
      #used = false;
      constructor(body, init = {}) {
        const { content, type } = bodyOf(body);
        const status = init.status ?? 200;
        if (!isInteger(status) || status < 200 || status > 599) throw new RangeError('a status is a whole number from 200 to 599');
        this.#body = content;
        berth.hide(this, { status, statusText: `${init.statusText ?? ''}`, headers: new Headers(init.headers), url: '', redirected: false, type: 'default' });
        if (type !== undefined && !this.headers.has('Content-Type')) this.headers.set('Content-Type', type);
      }
      static json(value, init = {}) {
        const response = new Response(JSON.stringify(value), init);
        if (!new Headers(init.headers).has('Content-Type')) response.headers.set('Content-Type', 'application/json');
        return response;
      }
      get ok() {
        return this.status >= 200 && this.status < 300;
      }
      get bodyUsed() {
        return this.#used;
      }
      #bytes() {
        if (this.#used) throw new TypeErrorType('the body has been read already');
        this.#used = true;
        if (this.#body === undefined) return new Bytes(0);
        return typeof this.#body === 'string' ? toUtf8(this.#body) : BinaryValue.bytes(this.#body).slice();
      }
      async text() {
        return fromUtf8(this.#bytes());
      }
      async json() {
        return parse(fromUtf8(this.#bytes()));
      }
      async bytes() {
        return this.#bytes();
      }
      async arrayBuffer() {
        return this.#bytes().buffer;
      }
      clone() {
        if (this.#used) throw new TypeErrorType('the body has been read already');
        return new Response(this.#body, this);
      }
      get [Symbol.toStringTag]() {
        return 'Response';
      }
    }

    const toResponse = (url) => (answer) => {
      const { status, statusCode, headers, body } = answer;
      const response = new Response(body, { status: statusCode, statusText: slice(`${status}`, 4), headers: flat(headers) });
      berth.hide(response, { url });
      return response;
    };

    const flat = (lists) => {
      const pairs = [];
      for (const name of keys(lists)) for (const value of lists[name]) pairs[pairs.length] = [name, value];
      return pairs;
    };

    const failed = (error) => {
      throw new TypeErrorType('fetch failed: ' + error.message, { cause: error });
    };

    const fetch = async (input, init = {}) => {
      const { href } = new globalThis.URL(input);
      const method = lower(`${init.method ?? 'GET'}`);
      if (METHODS[method] !== true) throw new TypeErrorType('fetch takes the methods GET, POST, PUT, PATCH, DELETE and HEAD');
      const headers = new Headers(init.headers);
      const { content, type } = bodyOf(init.body);
      if (content !== undefined && (method === 'get' || method === 'head')) throw new TypeErrorType(`${method} takes no body`);
      if (type !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', type);
      const redirect = init.redirect ?? 'follow';
      const options = { url: href, headers: listsOf(headers), body: content, followRedirects: redirect === 'follow' };
      const response = await promiseThen(sendHttp(method, options), toResponse(href), failed);
      if (redirect === 'error' && response.status >= 300 && response.status < 400) {
        throw new TypeErrorType('fetch failed: the answer is a redirect');
      }
      return response;
    };

    return { fetch, Headers, Response };
  };

  let types;
  const typesNow = () => {
    if (types === undefined) types = makeTypes();
    return types;
  };
  lazily('fetch', () => typesNow().fetch);
  lazily('Headers', () => typesNow().Headers);
  lazily('Response', () => typesNow().Response);
  berth.onForget(() => {
    types = undefined;
  });
}
