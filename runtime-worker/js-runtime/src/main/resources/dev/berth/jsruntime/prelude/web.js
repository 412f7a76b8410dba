// What functions know from browsers and Node: `btoa`, `atob`, `structuredClone` and
// `Error.captureStackTrace`.
(berth) => {
  'use strict';

  const { lazily } = berth;
  const { toBase64, fromBase64, toLatin1, fromLatin1 } = berth.bytes;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const replace = uncurry(String.prototype.replace);
  const slice = uncurry(String.prototype.slice);
  const includes = uncurry(String.prototype.includes);
  const indexOf = uncurry(String.prototype.indexOf);
  const test = uncurry(RegExp.prototype.test);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const mapForEach = uncurry(Map.prototype.forEach);
  const setAdd = uncurry(Set.prototype.add);
  const setForEach = uncurry(Set.prototype.forEach);
  const getTime = uncurry(Date.prototype.getTime);
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { keys, getPrototypeOf } = Object;
  const { WIRE } = berth;
  const types = { Map, Set, Date, RegExp, Error, ArrayBuffer, DataView, Number, String, Boolean };

  const failure = (name, message) => {
    const error = new types.Error(message);
    berth.hide(error, { name });
    return error;
  };

  lazily('btoa', () => function btoa(data) {
    const text = `${data}`;
    if (test(/[^\0-\xff]/, text)) {
      throw failure('InvalidCharacterError', 'btoa takes text of the characters U+0000 to U+00FF alone');
    }
    return toBase64(fromLatin1(text));
  });

  lazily('atob', () => function atob(data) {
    let text = replace(`${data}`, /[\t\n\f\r ]+/g, '');
    if (text.length % 4 === 0) text = replace(text, /==?$/, '');
    try {
      if (text.length % 4 === 1 || includes(text, '=')) throw 0;
      return toLatin1(fromBase64(text + slice('===', (text.length + 3) % 4)));
    } catch {
      throw failure('InvalidCharacterError', 'atob takes base64 text');
    }
  });

  // ---- structuredClone

  const MAX_DEPTH = 1000;
  const ERRORS = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

  const cloneInto = (copy, value, seen, depth) => {
    const names = keys(value);
    for (let i = 0; i < names.length; i++) berth.define(copy, names[i], clone(value[names[i]], seen, depth + 1));
    return copy;
  };

  const cloneError = (value) => {
    const type = ERRORS[value.name] === undefined ? types.Error : ERRORS[value.name];
    const copy = new type(`${value.message}`);
    berth.hide(copy, { stack: `${value.stack}` });
    return copy;
  };

  const cloneObject = (value, seen, depth) => {
    const known = mapGet(seen, value);
    if (known !== undefined) return known;
    const keep = (copy) => (mapSet(seen, value, copy), copy);
    if (isArray(value)) {
      const copy = keep([]);
      copy.length = value.length;
      return cloneInto(copy, value, seen, depth);
    }
    // BSON values are never changed, so one may stand in both.
    if (value[WIRE] !== undefined) return value;
    if (value instanceof types.Date) return keep(new types.Date(getTime(value)));
    if (value instanceof types.RegExp) return keep(new types.RegExp(value.source, value.flags));
    if (value instanceof types.Number || value instanceof types.String || value instanceof types.Boolean) {
      return keep(Object(value.valueOf()));
    }
    if (value instanceof types.Map) {
      const copy = keep(new types.Map());
      mapForEach(value, (item, key) => mapSet(copy, clone(key, seen, depth + 1), clone(item, seen, depth + 1)));
      return copy;
    }
    if (value instanceof types.Set) {
      const copy = keep(new types.Set());
      setForEach(value, (item) => setAdd(copy, clone(item, seen, depth + 1)));
      return copy;
    }
    if (value instanceof types.ArrayBuffer) return keep(value.slice(0));
    if (isView(value)) {
      const buffer = clone(value.buffer, seen, depth + 1);
      const type = value instanceof types.DataView ? types.DataView : getPrototypeOf(value).constructor;
      return keep(new type(buffer, value.byteOffset, value instanceof types.DataView ? value.byteLength : value.length));
    }
    if (value instanceof types.Error) return keep(cloneError(value));
    return cloneInto(keep({}), value, seen, depth);
  };

  const clone = (value, seen, depth) => {
    if (depth > MAX_DEPTH) throw failure('DataCloneError', 'the value is nested more than ' + MAX_DEPTH + ' levels deep');
    if (typeof value === 'function' || typeof value === 'symbol') {
      throw failure('DataCloneError', 'a ' + typeof value + ' cannot be cloned');
    }
    return typeof value === 'object' && value !== null ? cloneObject(value, seen, depth) : value;
  };

  lazily('structuredClone', () => function structuredClone(value) {
    return clone(value, new types.Map(), 0);
  });

  // Frames of the prelude show in no stack, so the first one is that of the caller.
  const captureStackTrace = (target) => {
    const { stack } = new types.Error();
    const at = indexOf(stack, '\n');
    const frames = at < 0 ? '' : slice(stack, at);
    const description = target instanceof types.Error ? `${target}` : 'Error';
    Object.defineProperty(target, 'stack', { value: description + frames, writable: true, configurable: true });
  };
  berth.hide(Error, { captureStackTrace });
}
