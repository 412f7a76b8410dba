// `URL`, which the host reads, and `URLSearchParams`. Both are made when a call first looks at them.
(berth) => {
  'use strict';

  const { computed, lazily } = berth;
  const { toUtf8, fromUtf8 } = berth.bytes;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const split = uncurry(String.prototype.split);
  const slice = uncurry(String.prototype.slice);
  const indexOf = uncurry(String.prototype.indexOf);
  const replaceAll = uncurry(String.prototype.replaceAll);
  const wellFormed = uncurry(String.prototype.toWellFormed);
  const sort = uncurry(Array.prototype.sort);
  const splice = uncurry(Array.prototype.splice);
  const encodeComponent = encodeURIComponent;
  const decodeComponent = decodeURIComponent;
  const INSPECT = Symbol.for('nodejs.util.inspect.custom');
  const ITERATOR = Symbol.iterator;
  const TypeErrorType = TypeError;

  const text = (value) => wellFormed(`${value}`);

  // ---- application/x-www-form-urlencoded

  const ESCAPES = [['%20', '+'], ['!', '%21'], ["'", '%27'], ['(', '%28'], [')', '%29'], ['~', '%7E']];

  const encoded = (value) => {
    let out = encodeComponent(value);
    for (let i = 0; i < ESCAPES.length; i++) out = replaceAll(out, ESCAPES[i][0], ESCAPES[i][1]);
    return out;
  };

  const hexOf = (code) =>
    code >= 48 && code <= 57 ? code - 48 : code >= 65 && code <= 70 ? code - 55 : code >= 97 && code <= 102 ? code - 87 : -1;

  // Where the text is no proper percent-encoding, as much of it is decoded as makes sense.
  const decodedLoosely = (value) => {
    const bytes = toUtf8(value);
    let length = 0;
    for (let i = 0; i < bytes.length; i++) {
      const high = bytes[i] === 37 && i + 2 < bytes.length ? hexOf(bytes[i + 1]) : -1;
      const low = high >= 0 ? hexOf(bytes[i + 2]) : -1;
      bytes[length++] = low >= 0 ? high * 16 + low : bytes[i];
      if (low >= 0) i += 2;
    }
    return fromUtf8(berth.subarray(bytes, 0, length));
  };

  const decoded = (value) => {
    const spaced = replaceAll(value, '+', ' ');
    try {
      return decodeComponent(spaced);
    } catch {
      return decodedLoosely(spaced);
    }
  };

  const parsePairs = (query) => {
    const pairs = [];
    const sequences = split(query, '&');
    for (let i = 0; i < sequences.length; i++) {
      const sequence = sequences[i];
      if (sequence === '') continue;
      const at = indexOf(sequence, '=');
      const name = at < 0 ? sequence : slice(sequence, 0, at);
      pairs[pairs.length] = [decoded(name), at < 0 ? '' : decoded(slice(sequence, at + 1))];
    }
    return pairs;
  };

  const writePairs = (pairs) => {
    let out = '';
    for (let i = 0; i < pairs.length; i++) {
      out += (i === 0 ? '' : '&') + encoded(pairs[i][0]) + '=' + encoded(pairs[i][1]);
    }
    return out;
  };

  const pairsOf = (init) => {
    if (init === undefined || init === null) return [];
    if (typeof init !== 'object' && typeof init !== 'function') {
      const query = text(init);
      return parsePairs(query[0] === '?' ? slice(query, 1) : query);
    }
    const pairs = [];
    if (init[ITERATOR] !== undefined && init[ITERATOR] !== null) {
      for (const pair of init) {
        const [name, value, ...more] = pair;
        if (more.length > 0 || value === undefined) throw new TypeErrorType('URLSearchParams takes pairs of a name and a value');
        pairs[pairs.length] = [text(name), text(value)];
      }
      return pairs;
    }
    for (const name of Object.keys(init)) pairs[pairs.length] = [text(name), text(init[name])];
    return pairs;
  };

  const makeTypes = () => {
    // Tells a URL that its parameters have changed, and the parameters that their URL has.
    let ownerOf;
    let reload;

    class URLSearchParams {
      #pairs;
      #changed = undefined;
      constructor(init) {
        this.#pairs = pairsOf(init);
      }
      static {
        ownerOf = (params, changed) => {
          params.#changed = changed;
        };
        reload = (params, query) => {
          params.#pairs = parsePairs(query);
        };
      }
      #update() {
        if (this.#changed !== undefined) this.#changed(writePairs(this.#pairs));
      }
      get size() {
        return this.#pairs.length;
      }
      append(name, value) {
        this.#pairs[this.#pairs.length] = [text(name), text(value)];
        this.#update();
      }
      delete(name, value) {
        const wanted = text(name);
        const kept = [];
        for (let i = 0; i < this.#pairs.length; i++) {
          const pair = this.#pairs[i];
          if (pair[0] !== wanted || (value !== undefined && pair[1] !== text(value))) kept[kept.length] = pair;
        }
        this.#pairs = kept;
        this.#update();
      }
      get(name) {
        const wanted = text(name);
        for (let i = 0; i < this.#pairs.length; i++) if (this.#pairs[i][0] === wanted) return this.#pairs[i][1];
        return null;
      }
      getAll(name) {
        const wanted = text(name);
        const values = [];
        for (let i = 0; i < this.#pairs.length; i++) if (this.#pairs[i][0] === wanted) values[values.length] = this.#pairs[i][1];
        return values;
      }
      has(name, value) {
        const wanted = text(name);
        for (let i = 0; i < this.#pairs.length; i++) {
          if (this.#pairs[i][0] === wanted && (value === undefined || this.#pairs[i][1] === text(value))) return true;
        }
        return false;
      }
      set(name, value) {
        const wanted = text(name);
        const given = text(value);
        let found = false;
        for (let i = 0; i < this.#pairs.length; i++) {
          if (this.#pairs[i][0] !== wanted) continue;
          if (found) splice(this.#pairs, i--, 1);
          else this.#pairs[i] = [wanted, given];
          found = true;
        }
        if (!found) this.#pairs[this.#pairs.length] = [wanted, given];
        this.#update();
      }
      sort() {
        sort(this.#pairs, (one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0));
        this.#update();
      }
      forEach(callback, receiver) {
        for (let i = 0; i < this.#pairs.length; i++) berth.apply(callback, receiver, [this.#pairs[i][1], this.#pairs[i][0], this]);
      }
      *entries() {
        for (let i = 0; i < this.#pairs.length; i++) yield [this.#pairs[i][0], this.#pairs[i][1]];
      }
      *keys() {
        for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i][0];
      }
      *values() {
        for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i][1];
      }
      [ITERATOR]() {
        return this.entries();
      }
      toString() {
        return writePairs(this.#pairs);
      }
      [INSPECT]() {
        return `URLSearchParams { ${writePairs(this.#pairs)} }`;
      }
      get [Symbol.toStringTag]() {
        return 'URLSearchParams';
      }
    }

    const PARTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

    const partsOf = (answer) => {
      const lines = split(answer, '\n');
      const parts = { __proto__: null };
      for (let i = 0; i < PARTS.length; i++) parts[PARTS[i]] = lines[i];
      return parts;
    };

    const parse = (input, base) => {
      const texts = base === undefined ? [text(input)] : [text(input), text(base)];
      let answer;
      try {
        answer = berth.apply(computed, undefined, ['URL', 'url.parse', ...texts]);
      } catch {
        const error = new TypeErrorType('Invalid URL');
        berth.hide(error, { code: 'ERR_INVALID_URL', input: texts[0] });
        throw error;
      }
      return partsOf(answer);
    };

    class URL {
      #parts;
      #params = undefined;
      constructor(input, base) {
        if (arguments.length === 0) throw new TypeErrorType('URL takes a text');
        this.#parts = parse(input, base);
      }
      static canParse(input, base) {
        try {
          parse(input, base);
          return true;
        } catch {
          return false;
        }
      }
      static parse(input, base) {
        try {
          return new URL(input, base);
        } catch {
          return null;
        }
      }
      static {
        for (let i = 2; i < PARTS.length; i++) {
          const name = PARTS[i];
          Object.defineProperty(URL.prototype, name, {
            configurable: true,
            enumerable: true,
            get() {
              return this.#parts[name];
            },
            set(value) {
              this.#change(name, text(value));
            },
          });
        }
      }
      #change(name, value) {
        this.#parts = partsOf(computed('URL', 'url.change', this.#parts.href, name, value));
        if (name === 'search') this.#reloadParams();
      }
      #reloadParams() {
        if (this.#params !== undefined) reload(this.#params, slice(this.#parts.search, 1));
      }
      get href() {
        return this.#parts.href;
      }
      set href(value) {
        this.#parts = parse(value);
        this.#reloadParams();
      }
      get origin() {
        return this.#parts.origin;
      }
      get searchParams() {
        if (this.#params === undefined) {
          this.#params = new URLSearchParams(slice(this.#parts.search, 1));
          ownerOf(this.#params, (query) => {
            this.#parts = partsOf(computed('URL', 'url.change', this.#parts.href, 'search', query));
          });
        }
        return this.#params;
      }
      toString() {
        return this.#parts.href;
      }
      toJSON() {
        return this.#parts.href;
      }
      [INSPECT]() {
        return this.#parts.href;
      }
      get [Symbol.toStringTag]() {
        return 'URL';
      }
    }
    for (const type of [URL, URLSearchParams]) {
      for (const name of Object.getOwnPropertyNames(type.prototype)) {
        if (name !== 'constructor') Object.defineProperty(type.prototype, name, { enumerable: true });
      }
    }
    return { URL, URLSearchParams };
  };

  // For modules, which live longer than a call.
  berth.urlTypes = makeTypes;

  // Both belong together: a call that looks at one has both.
  let types;
  const typesNow = () => {
    if (types === undefined) types = makeTypes();
    return types;
  };
  lazily('URL', () => typesNow().URL);
  lazily('URLSearchParams', () => typesNow().URLSearchParams);
  berth.onForget(() => {
    types = undefined;
  });
}
