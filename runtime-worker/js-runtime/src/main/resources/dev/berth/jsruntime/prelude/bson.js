// `BSON`: the types that JavaScript does not have. All work with and without `new`.
//
// Each type knows its form on the way to the host (`berth.WIRE`, see values.js) and in Extended
// JSON (`berth.EJSON`). Their state is in private fields, so app code cannot forge or change it.
(berth) => {
  'use strict';

  const { toHex, fromHex, toBase64, fromBase64, toUtf8, fromUtf8, fromLatin1 } = berth.bytes;
  const WIRE = (berth.WIRE = Symbol('wire'));
  const EJSON = (berth.EJSON = Symbol('ejson'));
  const INSPECT = Symbol.for('nodejs.util.inspect.custom');

  const { defineProperty } = Object;
  const { isView } = ArrayBuffer;
  const now = Date.now;
  const { random, floor, trunc } = Math;
  const { isInteger } = Number;
  const test = Function.prototype.call.bind(RegExp.prototype.test);
  const toText = Function.prototype.call.bind(Number.prototype.toString);
  const padStart = Function.prototype.call.bind(String.prototype.padStart);
  const wellFormed = Function.prototype.call.bind(String.prototype.toWellFormed);
  const lower = Function.prototype.call.bind(String.prototype.toLowerCase);
  const sorted = (text) => [...text].sort().join('');

  // Lets a class be called without `new`, which classes themselves do not allow.
  const callable = (name, implementation, construct) => {
    const type = { [name]: function (...values) { return construct(values); } }[name];
    type.prototype = implementation.prototype;
    defineProperty(implementation.prototype, 'constructor', { value: type, writable: true, configurable: true });
    defineProperty(type, 'length', { value: implementation.length, configurable: true });
    return type;
  };

  const hide = (prototype, properties) => {
    for (const key of Reflect.ownKeys(properties)) {
      defineProperty(prototype, key, { value: properties[key], writable: true, configurable: true });
    }
  };

  // ---- ObjectId

  const HEX24 = /^[0-9a-fA-F]{24}$/;
  const processPart = padStart(toText(floor(random() * 0x10000000000), 16), 10, '0');
  let counter = floor(random() * 0x1000000);

  const newHex = () => {
    counter = (counter + 1) & 0xffffff;
    const seconds = padStart(toText(floor(now() / 1000), 16), 8, '0');
    return seconds + processPart + padStart(toText(counter, 16), 6, '0');
  };

  class ObjectIdValue {
    #hex;
    constructor(hex) {
      this.#hex = hex;
    }
    static hexOf(value) {
      return #hex in value ? value.#hex : undefined;
    }
    toHexString() {
      return this.#hex;
    }
    toString() {
      return this.#hex;
    }
    toJSON() {
      return this.#hex;
    }
    equals(other) {
      if (typeof other === 'string') return lower(other) === this.#hex;
      return typeof other === 'object' && other !== null && ObjectIdValue.hexOf(other) === this.#hex;
    }
    getTimestamp() {
      return new Date(parseInt(this.#hex.slice(0, 8), 16) * 1000);
    }
    get id() {
      return this.#hex;
    }
    [WIRE]() {
      return 'o' + this.#hex;
    }
    [EJSON]() {
      return { $oid: this.#hex };
    }
    [INSPECT]() {
      return `ObjectId('${this.#hex}')`;
    }
  }

  const objectIdHex = (id) => {
    if (id === undefined || id === null) return newHex();
    if (typeof id === 'string') {
      if (test(HEX24, id)) return lower(id);
      if (id.length === 12) {
        const bytes = fromLatin1(id);
        if (berth.bytes.toLatin1(bytes) === id) return toHex(bytes);
      }
    } else if (typeof id === 'object') {
      const hex = ObjectIdValue.hexOf(id);
      if (hex !== undefined) return hex;
    }
    throw new TypeError('BSON.ObjectId takes 24 hexadecimal digits, a string of 12 bytes, or nothing');
  };

  const ObjectId = callable('ObjectId', ObjectIdValue, ([id]) => new ObjectIdValue(objectIdHex(id)));
  ObjectId.createFromHexString = (hex) => ObjectId(hex);
  ObjectId.isValid = (id) => {
    try {
      objectIdHex(id);
      return id !== undefined && id !== null;
    } catch {
      return false;
    }
  };

  // ---- Binary: holds whichever of bytes, text and base64 it was made from, and the others on demand

  class BinaryValue {
    // One field, because each takes time in every call. `decoded` is text made from bytes that may be
    // no UTF-8: good to read, not to stand for the bytes.
    #forms;
    constructor(subType, bytes, text, base64) {
      this.#forms = { subType, bytes, text, base64, decoded: undefined };
    }
    static is(value) {
      return #forms in value;
    }
    static contentOfText(text) {
      return { text: wellFormed(text) };
    }
    static content(value) {
      // For the host: text when it was made from text, so that nothing is encoded twice.
      return value.#forms.text !== undefined
        ? { text: wellFormed(value.#forms.text) }
        : { latin1: berth.bytes.toLatin1(BinaryValue.bytes(value)) };
    }
    static bytes(value) {
      if (value.#forms.bytes === undefined) {
        value.#forms.bytes = value.#forms.text !== undefined ? toUtf8(value.#forms.text) : fromBase64(value.#forms.base64);
      }
      return value.#forms.bytes;
    }
    text() {
      if (this.#forms.text !== undefined) return this.#forms.text;
      if (this.#forms.decoded === undefined) this.#forms.decoded = fromUtf8(BinaryValue.bytes(this));
      return this.#forms.decoded;
    }
    toBase64() {
      if (this.#forms.base64 === undefined) this.#forms.base64 = toBase64(BinaryValue.bytes(this));
      return this.#forms.base64;
    }
    toHex() {
      return toHex(BinaryValue.bytes(this));
    }
    length() {
      return BinaryValue.bytes(this).length;
    }
    get sub_type() {
      return this.#forms.subType;
    }
    get buffer() {
      return BinaryValue.bytes(this).slice();
    }
    toString() {
      return this.text();
    }
    toJSON() {
      return this.toBase64();
    }
    [WIRE]() {
      return 'b' + padStart(toText(this.#forms.subType, 16), 2, '0') + BinaryValue.prototype.toBase64.call(this);
    }
    [EJSON]() {
      const base64 = BinaryValue.prototype.toBase64.call(this);
      return { $binary: { base64, subType: padStart(toText(this.#forms.subType, 16), 2, '0') } };
    }
  }

  // Hyphens and digits, as people write it; apart from that a binary like any other.
  class UUIDValue extends BinaryValue {
    toHexString() {
      const hex = BinaryValue.prototype.toHex.call(this);
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
    }
    toString() {
      return UUIDValue.prototype.toHexString.call(this);
    }
    toJSON() {
      return UUIDValue.prototype.toHexString.call(this);
    }
    equals(other) {
      if (typeof other !== 'string' && !(typeof other === 'object' && other !== null && BinaryValue.is(other))) return false;
      return lower('' + other) === UUIDValue.prototype.toHexString.call(this);
    }
  }

  const subTypeOf = (subType) => {
    const number = subType === undefined ? 0 : Number(subType);
    if (!(number >= 0 && number <= 255 && trunc(number) === number)) {
      throw new TypeError('a binary subtype is a whole number from 0 to 255');
    }
    return number;
  };

  const Binary = callable('Binary', BinaryValue, ([value, subType]) => {
    const type = subTypeOf(subType);
    if (typeof value === 'string') return new BinaryValue(type, undefined, value);
    if (value instanceof ArrayBuffer) return new BinaryValue(type, new Uint8Array(value).slice());
    if (isView(value)) {
      return new BinaryValue(type, new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice());
    }
    if (value === undefined) return new BinaryValue(type, new Uint8Array(0));
    throw new TypeError('BSON.Binary takes a string, a typed array or an ArrayBuffer');
  });
  Binary.fromHex = (hex, subType) => new BinaryValue(subTypeOf(subType), fromHex(hex));
  Binary.fromBase64 = (text, subType) => new BinaryValue(subTypeOf(subType), fromBase64(text), undefined, text);
  Binary.fromText = (text, subType) => {
    if (typeof text !== 'string') throw new TypeError('BSON.Binary.fromText takes a string');
    return new BinaryValue(subTypeOf(subType), undefined, text);
  };

  const HEX32 = /^[0-9a-f]{32}$/i;
  const HEX32_WITH_HYPHENS = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

  const newUuid = () => {
    let digits = '';
    for (let i = 0; i < 32; i++) digits += toText(floor(random() * 16), 16);
    return digits.slice(0, 12) + '4' + digits.slice(13, 16) + '89ab'[floor(random() * 4)] + digits.slice(17);
  };

  const UUID = callable('UUID', UUIDValue, ([hex]) => {
    const digits = hex === undefined ? newUuid() : String(hex);
    if (!test(HEX32, digits) && !test(HEX32_WITH_HYPHENS, digits)) {
      throw new TypeError('BSON.UUID takes 32 hexadecimal digits, with or without hyphens, or nothing');
    }
    return new UUIDValue(4, fromHex(digits.replaceAll('-', '')));
  });

  // ---- numbers

  class NumberValue {
    #value;
    constructor(value) {
      this.#value = value;
    }
    valueOf() {
      return this.#value;
    }
    toString(radix) {
      return toText(this.#value, radix);
    }
    toJSON() {
      return this.#value;
    }
    equals(other) {
      return typeof other === 'object' && other !== null && #value in other && other.#value === this.#value;
    }
  }

  class Int32Value extends NumberValue {
    [WIRE]() {
      return 'i' + this.valueOf();
    }
    [EJSON]() {
      return { $numberInt: '' + this.valueOf() };
    }
  }

  class DoubleValue extends NumberValue {
    [WIRE]() {
      return 'f' + berth.doubleText(this.valueOf());
    }
    [EJSON]() {
      return { $numberDouble: berth.doubleText(this.valueOf()) };
    }
  }

  berth.doubleText = (value) => {
    if (value === 0 && 1 / value < 0) return '-0.0';
    return trunc(value) === value && value < 1e21 && value > -1e21 ? value + '.0' : '' + value;
  };

  const Int32 = callable('Int32', Int32Value, (values) => {
    const value = values.length === 0 ? 0 : values[0];
    const number = value === null ? NaN : Number(value);
    if ((number | 0) !== number) throw new TypeError('BSON.Int32 takes a whole number of 32 bits');
    return new Int32Value(number);
  });

  const Double = callable('Double', DoubleValue, (values) => {
    const value = values.length === 0 ? 0 : values[0];
    const number = value === null ? NaN : Number(value);
    if (number !== number && value === value && value !== 'NaN') throw new TypeError('BSON.Double takes a number');
    return new DoubleValue(number);
  });

  const MIN_LONG = -(2n ** 63n);
  const MAX_LONG = 2n ** 63n - 1n;

  class LongValue {
    #value;
    constructor(value) {
      this.#value = value;
    }
    toString() {
      return '' + this.#value;
    }
    toNumber() {
      return Number(this.#value);
    }
    valueOf() {
      return Number(this.#value);
    }
    toBigInt() {
      return this.#value;
    }
    toJSON() {
      return Number(this.#value);
    }
    equals(other) {
      return typeof other === 'object' && other !== null && #value in other
        ? other.#value === this.#value
        : typeof other !== 'object' && other == this.#value; // numbers, strings and bigints alike
    }
    get low() {
      return Number(BigInt.asIntN(32, this.#value));
    }
    get high() {
      return Number(this.#value >> 32n);
    }
    [WIRE]() {
      return 'l' + this.#value;
    }
    [EJSON]() {
      return { $numberLong: '' + this.#value };
    }
  }

  const LONG_DIGITS = /^[+-]?\d{1,19}$/;

  const bigIntOf = (value) => {
    if (typeof value === 'bigint' || isInteger(value)) return BigInt(value);
    if (typeof value === 'string' && test(LONG_DIGITS, value)) return BigInt(value[0] === '+' ? value.slice(1) : value);
    throw new TypeError('BSON.Long takes whole numbers');
  };

  const longOf = (value) => {
    const whole = bigIntOf(value);
    if (whole < MIN_LONG || whole > MAX_LONG) throw new TypeError('BSON.Long takes a whole number of 64 bits');
    return new LongValue(whole);
  };

  // Low and high 32 bits, as documented; one number alone is the value itself.
  const Long = callable('Long', LongValue, ([low, high]) => {
    if (low !== null && typeof low === 'object' && low instanceof LongValue) return low;
    if (high === undefined) return longOf(low === undefined ? 0 : low);
    return new LongValue(BigInt.asIntN(64, (bigIntOf(high) << 32n) + BigInt.asUintN(32, bigIntOf(low))));
  });
  Long.fromString = (text) => longOf(text);
  Long.fromNumber = (number) => longOf(trunc(number));
  Long.fromBigInt = (value) => longOf(value);

  // Longer text than this stands for no number of 128 bits, and would take the host long to read.
  const MAX_DECIMAL = 200;
  const DECIMAL = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[iI]nf(?:inity)?|[nN]a[nN])$/;

  class Decimal128Value {
    #text;
    constructor(text) {
      this.#text = text;
    }
    toString() {
      return this.#text;
    }
    toJSON() {
      return this.#text;
    }
    [WIRE]() {
      return 'D' + this.#text;
    }
    [EJSON]() {
      return { $numberDecimal: this.#text };
    }
  }

  const Decimal128 = callable('Decimal128', Decimal128Value, ([text]) => {
    const digits = String(text);
    if (digits.length > MAX_DECIMAL || !test(DECIMAL, digits)) {
      throw new TypeError('BSON.Decimal128 takes the digits of a decimal number: ' + digits.slice(0, MAX_DECIMAL));
    }
    return new Decimal128Value(digits);
  });
  Decimal128.fromString = (text) => Decimal128(text);

  // ---- the rest

  class BSONRegExpValue {
    #pattern;
    #options;
    constructor(pattern, options) {
      this.#pattern = pattern;
      this.#options = options;
    }
    get pattern() {
      return this.#pattern;
    }
    get options() {
      return this.#options;
    }
    toString() {
      return `/${this.#pattern}/${this.#options}`;
    }
    toJSON() {
      return { Pattern: this.#pattern, Options: this.#options };
    }
    [WIRE]() {
      return 'r' + this.#options + '/' + this.#pattern;
    }
    [EJSON]() {
      return { $regularExpression: { pattern: this.#pattern, options: this.#options } };
    }
  }

  // d, g, v and y say how JavaScript searches; a pattern in BSON has no such flags.
  const FLAGS = /^[dgilmsuvxy]*$/;
  const bsonFlags = (flags) => {
    let kept = '';
    for (let i = 0; i < flags.length; i++) if (test(/[ilmsux]/, flags[i])) kept += flags[i];
    return sorted(kept);
  };

  const BSONRegExp = callable('BSONRegExp', BSONRegExpValue, ([pattern, options]) => {
    const flags = options === undefined || options === null ? '' : options;
    if (typeof pattern !== 'string' || pattern.includes('\0')) {
      throw new TypeError('BSON.BSONRegExp takes a pattern as a string without U+0000');
    }
    if (typeof flags !== 'string' || !test(FLAGS, flags)) {
      throw new TypeError('BSON.BSONRegExp takes as flags those of JavaScript, or some of i, l, m, s, u and x');
    }
    return new BSONRegExpValue(pattern, bsonFlags(flags));
  });

  class TimestampValue {
    #time;
    #increment;
    constructor(time, increment) {
      this.#time = time;
      this.#increment = increment;
    }
    get t() {
      return this.#time;
    }
    get i() {
      return this.#increment;
    }
    toString() {
      return `Timestamp(${this.#time}, ${this.#increment})`;
    }
    toJSON() {
      return { T: this.#time, I: this.#increment };
    }
    [WIRE]() {
      return 't' + this.#time + ',' + this.#increment;
    }
    [EJSON]() {
      return { $timestamp: { t: this.#time, i: this.#increment } };
    }
  }

  const Timestamp = callable('Timestamp', TimestampValue, ([first, second]) => {
    const [time, increment] = typeof first === 'object' && first !== null ? [first.t, first.i] : [first, second];
    if (time >>> 0 !== time || increment >>> 0 !== increment) {
      throw new TypeError('BSON.Timestamp takes seconds and a counter, whole numbers of 32 bits');
    }
    return new TimestampValue(time, increment);
  });

  const marker = (name, wire, ejson) => {
    class MarkerValue {
      toJSON() {
        return {};
      }
      toString() {
        return name;
      }
      [WIRE]() {
        return wire;
      }
      [EJSON]() {
        return { [ejson]: 1 };
      }
    }
    const one = new MarkerValue();
    berth.share(one);
    return callable(name, MarkerValue, () => one);
  };
  const MinKey = marker('MinKey', 'm', '$minKey');
  const MaxKey = marker('MaxKey', 'M', '$maxKey');

  const types = { ObjectId, ObjectID: ObjectId, Binary, UUID, Int32, Double, Long, Decimal128, BSONRegExp, Timestamp, MinKey, MaxKey };
  for (const [name, type] of Object.entries(types)) {
    if (name !== 'UUID' && name !== 'ObjectID') hide(type.prototype, { _bsontype: name });
  }
  hide(globalThis, { BSON: types });

  berth.BinaryValue = BinaryValue;
  berth.make = {
    objectId: (hex) => new ObjectIdValue(hex),
    binaryFromBase64: (subType, base64) =>
      subType === 4
        ? new UUIDValue(subType, undefined, undefined, base64)
        : new BinaryValue(subType, undefined, undefined, base64),
    binaryFromText: (text) => new BinaryValue(0, undefined, text),
    binaryFromLatin1: (text) => new BinaryValue(0, fromLatin1(text)),
    binaryFromBytes: (bytes) => new BinaryValue(0, bytes),
    int32: (value) => new Int32Value(value),
    double: (value) => new DoubleValue(value),
    long: (digits) => new LongValue(BigInt(digits)),
    decimal128: (text) => new Decimal128Value(text),
    regExp: (pattern, options) => new BSONRegExpValue(pattern, options),
    timestamp: (time, increment) => new TimestampValue(time, increment),
    minKey: () => MinKey(),
    maxKey: () => MaxKey(),
  };
  berth.hide = hide;
}
