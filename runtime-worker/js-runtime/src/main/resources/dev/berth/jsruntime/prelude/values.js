// JavaScript values to and from the two texts that leave a context: the wire form for the host, and
// `EJSON` for people.
//
// The wire form is JSON in which a value that JSON does not have is an object with the single key
// U+0000, which no BSON document may have: {"\u0000":"o5f…"} is an ObjectId. The first letter says
// the type; the host's side is dev.berth.jsruntime.wire.
(berth) => {
  'use strict';

  const TAG = '\u0000';
  const MAX_DEPTH = 190;
  const MAX_SAFE = Number.MAX_SAFE_INTEGER;
  const TWO_TO_63 = 2 ** 63;

  const { WIRE, EJSON, make } = berth;
  const { ObjectId, Int32, Long, Decimal128, UUID, BSONRegExp, Timestamp, MinKey, MaxKey } = globalThis.BSON;
  const { stringify, parse } = JSON;
  const { keys, getPrototypeOf } = Object;
  const plainPrototype = Object.prototype;
  const { isArray } = Array;
  const { isInteger, isFinite } = Number;
  const { isView } = ArrayBuffer;
  const DateType = Date;
  const RegExpType = RegExp;
  const BufferType = ArrayBuffer;
  const PromiseType = Promise;
  const MapType = Map;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const promiseThen = uncurry(Promise.prototype.then);
  const test = uncurry(RegExp.prototype.test);
  const getTime = uncurry(Date.prototype.getTime);
  const toISOString = uncurry(Date.prototype.toISOString);
  const slice = uncurry(String.prototype.slice);
  const indexOf = uncurry(String.prototype.indexOf);
  const sourceOf = uncurry(Object.getOwnPropertyDescriptor(RegExp.prototype, 'source').get);
  const flagsOf = uncurry(Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get);
  const isBoxed = (value) => value instanceof Number || value instanceof String || value instanceof Boolean;

  const viewBytes = (value) =>
    isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice()
      : new Uint8Array(value).slice();

  // BSON knows i, m, s, x, u and l; g and y say how a search is run and are not part of a pattern.
  const bsonFlags = (value) => {
    let flags = '';
    for (const flag of flagsOf(value)) if (flag === 'i' || flag === 'm' || flag === 's' || flag === 'u') flags += flag;
    return flags;
  };

  // Walks a value once; `form` says how the leaves look.
  const encode = (value, form, depth) => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return form.number(value);
      case 'bigint':
        return form.special(berth.make.long(value));
      case 'undefined':
        return form.undefined;
      case 'object':
        return value === null ? null : encodeObject(value, form, depth);
      case 'function':
        // As in `{ $lt: BSON.MaxKey }`. Other functions are no data.
        return value === MinKey || value === MaxKey ? form.special(value()) : undefined;
      default:
        return undefined; // symbols are no data
    }
  };

  const encodeObject = (value, form, depth) => {
    if (depth > MAX_DEPTH) throw new TypeError('the value is cyclic or nested more than ' + MAX_DEPTH + ' levels deep');
    if (isArray(value)) {
      const out = [];
      for (let i = 0; i < value.length; i++) {
        const item = encode(value[i], form, depth + 1);
        out[i] = item === undefined ? null : item;
      }
      return out;
    }
    if (value[WIRE] !== undefined) return form.special(value);
    return getPrototypeOf(value) === plainPrototype ? encodeFields(value, form, depth) : encodeInstance(value, form, depth);
  };

  const encodeInstance = (value, form, depth) => {
    if (value instanceof DateType) return form.date(getTime(value));
    if (value instanceof RegExpType) return form.special(make.regExp(sourceOf(value), bsonFlags(value)));
    if (isView(value) || value instanceof BufferType) return form.special(make.binaryFromBytes(viewBytes(value)));
    if (isBoxed(value)) return encode(value.valueOf(), form, depth + 1);
    if (form === RESULT && value instanceof PromiseType) return encode(settledValue(value), form, depth + 1);
    return encodeFields(value, form, depth);
  };

  const encodeFields = (value, form, depth) => {
    const out = { __proto__: null };
    const names = keys(value);
    for (let i = 0; i < names.length; i++) {
      const item = encode(value[names[i]], form, depth + 1);
      if (item !== undefined) out[names[i]] = item;
    }
    return out;
  };

  // Promises inside a result, and what they came to, which is known when the result is encoded anew.
  let promises;
  let settlements;

  const settledValue = (promise) => {
    const settlement = settlements === undefined ? undefined : mapGet(settlements, promise);
    if (settlement !== undefined) {
      if (settlement.rejected) throw settlement.value;
      return settlement.value;
    }
    // Nothing is left to wait for when a result is encoded: one that is pending then stays so.
    if (settlements !== undefined) return {};
    if (promises === undefined) promises = [];
    promises[promises.length] = promise;
    return null;
  };

  const awaitPromises = () => {
    const waiting = promises;
    promises = undefined;
    settlements = new MapType();
    for (let i = 0; i < waiting.length; i++) {
      const settle = (rejected) => (value) => mapSet(settlements, waiting[i], { rejected, value });
      promiseThen(waiting[i], settle(false), settle(true));
    }
  };

  const tagged = (text) => ({ __proto__: null, [TAG]: text });
  const special = (value) => tagged(value[WIRE]());
  const date = (millis) => (millis !== millis ? null : tagged('d' + millis));
  const number = (value) => (isFinite(value) ? value : tagged('f' + value));

  // A result says undefined; a document for the database has no such type any more and gets null.
  const RESULT = { special, date, number, undefined: tagged('u') };
  const DOCUMENT = { special, date, number, undefined: null };

  const EJSON_FORM = {
    special: (value) => value[EJSON](),
    date: (millis) => (millis !== millis ? null : { $date: { $numberLong: '' + millis } }),
    number: (value) => {
      if (!isInteger(value)) return { $numberDouble: '' + value };
      if ((value | 0) === value) return { $numberInt: '' + value };
      // As the host reads the same number.
      return value < TWO_TO_63 && value > -TWO_TO_63 ? { $numberLong: '' + value } : { $numberDouble: '' + value };
    },
    undefined: { $undefined: true },
  };

  // For people who read a log: numbers as they are, the rest as Extended JSON.
  const LOG_FORM = {
    special: EJSON_FORM.special,
    date: (millis) => (millis !== millis ? 'Invalid Date' : toISOString(new DateType(millis))),
    number: (value) => (isFinite(value) ? value : '' + value),
    undefined: { $undefined: true },
  };

  // ---- from the host

  const long = (digits) => {
    const value = Number(digits);
    return value <= MAX_SAFE && value >= -MAX_SAFE ? value : make.long(digits);
  };

  const untag = (text) => {
    const rest = slice(text, 1);
    switch (text[0]) {
      case 'o':
        return make.objectId(rest);
      case 'd':
        return new DateType(Number(rest));
      case 'l':
        return long(rest);
      case 'f':
        return Number(rest);
      case 'D':
        return make.decimal128(rest);
      case 'b':
        return make.binaryFromBase64(parseInt(slice(rest, 0, 2), 16), slice(rest, 2));
      case 'r': {
        const at = indexOf(rest, '/');
        return make.regExp(slice(rest, at + 1), slice(rest, 0, at));
      }
      case 't': {
        const at = indexOf(rest, ',');
        return make.timestamp(Number(slice(rest, 0, at)), Number(slice(rest, at + 1)));
      }
      case 'm':
        return make.minKey();
      case 'M':
        return make.maxKey();
      default:
        return undefined;
    }
  };

  const revive = (node) => {
    if (isArray(node)) {
      for (let i = 0; i < node.length; i++) {
        if (typeof node[i] === 'object' && node[i] !== null) node[i] = revive(node[i]);
      }
      return node;
    }
    const tag = node[TAG];
    if (typeof tag === 'string') return untag(tag);
    const names = keys(node);
    for (let i = 0; i < names.length; i++) {
      const item = node[names[i]];
      if (typeof item === 'object' && item !== null) node[names[i]] = revive(item);
    }
    return node;
  };

  const fromWire = (text) => {
    const value = parse(text);
    return typeof value === 'object' && value !== null && indexOf(text, '\\u0000') >= 0 ? revive(value) : value;
  };

  // ---- EJSON

  const INTEGER = /^[+-]?\d{1,19}$/;
  const DOUBLE = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?Infinity|NaN)$/;
  const ISO_DATE = /^[+-]?\d{4,6}-\d\d-\d\dT/;
  const HEX24 = /^[0-9a-f]{24}$/i;
  const SUB_TYPE = /^[0-9a-f]{1,2}$/i;
  const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  const ANY = /^/;

  const needed = (holds) => {
    if (!holds) throw new TypeError('malformed');
  };
  const textOf = (value, pattern) => {
    needed(typeof value === 'string' && test(pattern, value));
    return value;
  };

  const ejsonDate = (value) => {
    let time = value;
    if (typeof value === 'string') time = textOf(value, ISO_DATE);
    else if (typeof value !== 'number') time = Number(textOf(value.$numberLong, INTEGER));
    const date = new DateType(time);
    needed(getTime(date) === getTime(date));
    return date;
  };

  // Each key that stands for a type, with what its value becomes.
  const READERS = {
    __proto__: null,
    $oid: (value) => ObjectId(textOf(value, HEX24)),
    $numberInt: (value) => Int32(textOf(value, INTEGER)).valueOf(),
    $numberDouble: (value) => Number(textOf(value, DOUBLE)),
    $numberLong: (value) => long(Long(textOf(value, INTEGER)).toString()),
    $numberDecimal: (value) => Decimal128(textOf(value, ANY)),
    $date: ejsonDate,
    $binary: (value) =>
      make.binaryFromBase64(parseInt(textOf(value.subType, SUB_TYPE), 16), textOf(value.base64, BASE64)),
    $uuid: (value) => UUID(textOf(value, ANY)),
    $regularExpression: (value) => BSONRegExp(value.pattern, textOf(value.options, ANY)),
    $timestamp: (value) => Timestamp(value.t, value.i),
    $minKey: (value) => (needed(value === 1), make.minKey()),
    $maxKey: (value) => (needed(value === 1), make.maxKey()),
    $undefined: (value) => needed(value === true),
    $symbol: (value) => textOf(value, ANY),
  };

  // What stands for no value throws: a NaN or a made-up id would only show up later, in the data.
  const readTyped = (key, value) => {
    try {
      return READERS[key](value);
    } catch {
      throw new SyntaxError(`EJSON: the value of "${key}" is malformed`);
    }
  };

  const reviveEjson = (node) => {
    if (isArray(node)) {
      for (let i = 0; i < node.length; i++) {
        if (typeof node[i] === 'object' && node[i] !== null) node[i] = reviveEjson(node[i]);
      }
      return node;
    }
    const names = keys(node);
    if (names.length === 1 && READERS[names[0]] !== undefined) return readTyped(names[0], node[names[0]]);
    for (let i = 0; i < names.length; i++) {
      const item = node[names[i]];
      if (typeof item === 'object' && item !== null) node[names[i]] = reviveEjson(item);
    }
    return node;
  };

  const ejsonStringify = (value, replacer, indent) => {
    const tree = encode(value, EJSON_FORM, 0);
    return stringify(tree, replacer, indent);
  };
  const ejsonParse = (text, reviver) => {
    const value = parse(text, reviver);
    return typeof value === 'object' && value !== null ? reviveEjson(value) : value;
  };

  const encodeSettled = (value) => {
    try {
      return stringify(encode(value, RESULT, 0));
    } finally {
      settlements = undefined;
    }
  };

  // The text of a result, or nothing when it holds promises: then it is asked for once more after
  // they have told what they came to, and only once, because what they came to may hold some too.
  berth.toWire = (value) => {
    if (settlements !== undefined) return encodeSettled(value);
    promises = undefined;
    const text = stringify(encode(value, RESULT, 0));
    if (promises === undefined) return text;
    awaitPromises();
    return undefined;
  };
  berth.toWireDocument = (value) => stringify(encode(value, DOCUMENT, 0));
  berth.fromWire = fromWire;
  berth.toLog = (value) => {
    if (typeof value === 'string') return value;
    if (value === undefined) return 'undefined';
    if (typeof value === 'function') return '[Function' + (value.name ? ': ' + value.name : '') + ']';
    if (typeof value === 'symbol') return berth.symbolText(value);
    if (value instanceof Error) return '' + (value.stack || value);
    return stringify(encode(value, LOG_FORM, 0));
  };
  berth.symbolText = uncurry(Symbol.prototype.toString);
  berth.hide(globalThis, {
    EJSON: { stringify: ejsonStringify, parse: ejsonParse },
  });
}
