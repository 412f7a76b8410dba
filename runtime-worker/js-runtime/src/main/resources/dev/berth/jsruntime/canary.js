// What every app relies on, each piece once. A probe logs its name first, so that the host knows which
// one it was even when the engine itself fails in it.
const probes = {
  functions() {
    const sum = (first, ...others) => others.reduce((total, n) => total + n, first);
    const { a, ...rest } = { a: 1, b: 2, c: 3 };
    const bound = function (n) { return this.base + n; }.bind({ base: 1 });
    return [sum(...[1, 2, 3]), a, Object.keys(rest), bound(1), ((x = 7) => x)()];
  },
  classes() {
    class Animal {
      static count = 0;
      #name;
      constructor(name) { this.#name = name; Animal.count++; }
      get name() { return this.#name; }
      speak() { return `${this.name} speaks`; }
    }
    class Dog extends Animal { speak() { return super.speak() + ', barks'; } }
    const dog = new Dog('Rex');
    return [dog.speak(), dog instanceof Animal, Animal.count, Symbol('x').toString()];
  },
  iteration() {
    function* numbers() { yield 1; yield* [2, 3]; }
    const entries = [];
    for (const [key, value] of Object.entries({ a: 1, b: 2 })) entries.push(key + value);
    return [[...numbers()], entries, Array.from({ length: 2 }, (_, i) => i), [...'ab'.matchAll(/./g)].length];
  },
  exceptions() {
    const caught = [];
    for (const act of [() => null.x, () => { throw new RangeError('r'); }, () => undefinedName, () => JSON.parse('{')]) {
      try { act(); } catch (error) { caught.push(error.name, typeof error.stack); } finally { caught.push(1); }
    }
    return caught;
  },
  json() {
    const text = JSON.stringify({ a: [1, 'two', null, true], d: new Date(0), n: { toJSON: () => 'own' } }, null, 1);
    return [text, JSON.parse(text, (key, value) => value).a.length];
  },
  arrays() {
    const items = [3, 1, 2];
    return [
      [...items].sort(), [...items].sort((a, b) => b - a), items.map((n) => n * 2).join('-'), items.filter((n) => n > 1),
      items.indexOf(2), items.includes(9), [1, [2, [3]]].flat(Infinity), items.slice(1).concat([4]), [...items].splice(0, 1),
      items.find((n) => n === 1), items.some((n) => n > 2), [...items].reverse(), items.toSorted(), items.at(-1),
    ];
  },
  collections() {
    const map = new Map([[1, 'one'], ['k', {}]]);
    const set = new Set([1, 1, 2]);
    const key = {};
    const weak = new WeakMap([[key, 5]]);
    return [map.get(1), map.size, [...map.keys()].length, [...set], set.has(2), weak.get(key), new WeakSet([key]).has(key),
      Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')).odd];
  },
  proxies() {
    const seen = new Proxy({ a: 1 }, { get: (target, key) => Reflect.get(target, key) ?? `no ${String(key)}`, has: () => true });
    const object = Object.defineProperty({}, 'x', { get: () => 4, enumerable: true });
    return [seen.a, seen.b, 'z' in seen, object.x, Object.freeze([1]).length, Reflect.ownKeys({ q: 1 }), structure({ deep: { er: 1 } })];
  },
  numbers() {
    return [
      (1.5).toString(), (255).toString(16), (0.1 + 0.2).toFixed(3), (1e21).toString(), (123.456).toPrecision(4), parseInt('7px', 10),
      parseFloat('1.25e3'), Number('0x1f'), Number('nope'), 5 % 3, 2 ** 10, 7 >>> 1, ~5, Math.max(1, 2), Math.round(2.5), Math.hypot(3, 4),
      Number.MAX_SAFE_INTEGER, -0, 1 / 3, (25).toString(36), (1e-7).toExponential(2),
    ].map((n) => Object.is(n, -0) ? 'minus zero' : String(n));
  },
  bigints() {
    return [2n ** 64n, BigInt('12345678901234567890') % 97n, -7n / 2n, BigInt.asIntN(8, 255n), 5n > 4, 1n << 70n].map(String);
  },
  strings() {
    return [
      'a-b-c'.split('-'), 'abc'.toUpperCase(), ' x '.trim(), 'abc'.replace('b', (m) => m + m), 'é'.normalize('NFD').length, 'abc'.padStart(5, '*'),
      'a'.localeCompare('b'), `${1}${'two'}`, String.raw`\n`, 'x'.repeat(3), 'abc'.substring(1), encodeURIComponent('ä b'), decodeURIComponent('%C3%A4'),
      'a,b'.replaceAll(',', ';'), 'straße'.localeCompare('strasse', 'de'), 'abc'.codePointAt(1), escape('ü'),
    ];
  },
  regexps() {
    return [
      /(?<y>\d{4})-(\d\d)/u.exec('on 2026-11').groups.y, 'aBc'.replace(/b/i, '$&$&'), /^(a+)+$/.test('aaa'), 'a1b2'.match(/\d/g), /(.)\1/.test('aa'),
      /(?<=\$)\d+/.exec('$42')[0], 'x-y_z'.split(/[-_]/), /\p{Lu}/u.test('Ä'), new RegExp('a|b', 'y').sticky,
    ];
  },
  dates() {
    const date = new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 7));
    return [date.toISOString(), date.getDay(), Date.parse('2026-02-03T04:05:06Z'), date.toString().slice(0, 33), date.toDateString(),
      new Date('nope').getTime(), new Date(2026, 0, 1).getTimezoneOffset(), date.toJSON()];
  },
  formats() {
    const date = new Date(0);
    return [
      new Intl.NumberFormat('en-US', { style: 'currency', currency: 'EUR' }).format(1234.5), (1234.5).toLocaleString('de-DE'),
      new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' }).format(date), date.toLocaleDateString('en-GB', { timeZone: 'UTC', month: 'long' }),
      ['b', 'a'].sort(new Intl.Collator('en').compare), new Intl.PluralRules('en').select(1),
    ];
  },
  bytes() {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, 1.5);
    return [[...new Uint8Array([1, 2, 300])], view.getUint8(0), new Float32Array([0.5])[0], new Int16Array(new Uint8Array([1, 0]).buffer)[0],
      [...new Uint8Array([3, 1, 2]).sort()], [...new TextEncoder().encode('ä')], new TextDecoder().decode(new Uint8Array([97]))];
  },
  ejson() {
    const text = EJSON.stringify({ d: new Date(0), o: new BSON.ObjectId('507f1f77bcf86cd799439011'), l: BSON.Long.fromNumber(5) });
    return [text, EJSON.parse(text).o.toString()];
  },
  bson() {
    return [BSON.Decimal128.fromString('1.50').toString(), new BSON.Int32(7).valueOf(), new BSON.Double(0.5).valueOf(),
      new BSON.ObjectId('507f1f77bcf86cd799439011').toHexString(), typeof context.values.get];
  },
  evaluation() {
    return [eval('1 + 1'), new Function('a', 'return a * 2')(4), globalThis === this || typeof globalThis];
  },
  async promises() {
    async function* slow() { yield 1; yield 2; }
    const seen = [];
    for await (const n of slow()) seen.push(n);
    const settled = await Promise.allSettled([Promise.resolve(1), Promise.reject(new Error('no'))]);
    return [seen, settled.map((one) => one.status), await Promise.race([2]), await Promise.any([3]), await Promise.resolve(4).finally(() => {})];
  },
};

const structure = (value) => Object.fromEntries(Object.entries(value));

const expected = {
  functions: [6,1,["b","c"],2,7],
  classes: ["Rex speaks, barks",true,1,"Symbol(x)"],
  iteration: [[1,2,3],["a1","b2"],[0,1],2],
  exceptions: ["TypeError","string",1,"RangeError","string",1,"ReferenceError","string",1,"SyntaxError","string",1],
  json: ["{\n \"a\": [\n  1,\n  \"two\",\n  null,\n  true\n ],\n \"d\": \"1970-01-01T00:00:00.000Z\",\n \"n\": \"own\"\n}",4],
  arrays: [[1,2,3],[3,2,1],"6-2-4",[3,2],2,false,[1,2,3],[1,2,4],[3],1,true,[2,1,3],[1,2,3],2],
  collections: ["one",2,2,[1,2],true,5,true,[1,3]],
  proxies: [1,"no b",true,4,1,["q"],{"deep":{"er":1}}],
  numbers: ["1.5","ff","0.300","1e+21","123.5","7","1250","31","NaN","2","1024","3","-6","2","3","5","9007199254740991","minus zero","0.3333333333333333","p","1.00e-7"],
  bigints: ["18446744073709551616","3","-3","-1","true","1180591620717411303424"],
  strings: [["a","b","c"],"ABC","x","abbc",2,"**abc",-1,"1two","\\n","xxx","bc","%C3%A4%20b","ä","a;b",1,98,"%FC"],
  regexps: ["2026","aBBc",true,["1","2"],true,"42",["x","y","z"],true,true],
  dates: ["2026-02-03T04:05:06.007Z",2,1770091506000,"Tue Feb 03 2026 04:05:06 GMT+0000","Tue Feb 03 2026",null,0,"2026-02-03T04:05:06.007Z"],
  formats: ["€1,234.50","1.234,5","1/1/1970","January",["a","b"],"one"],
  bytes: [[1,2,44],63,0.5,1,[1,2,3],[195,164],"a"],
  ejson: ["{\"d\":{\"$date\":{\"$numberLong\":\"0\"}},\"o\":{\"$oid\":\"507f1f77bcf86cd799439011\"},\"l\":{\"$numberLong\":\"5\"}}","507f1f77bcf86cd799439011"],
  bson: ["1.50",7,0.5,"507f1f77bcf86cd799439011","function"],
  evaluation: [2,8,true],
  promises: [[1,2],["fulfilled","rejected"],2,3,4],
};

exports = async () => {
  for (const [name, probe] of Object.entries(probes)) {
    console.log(name);
    const text = JSON.stringify(await probe());
    if (text !== JSON.stringify(expected[name])) throw new Error(`${name} gives ${text}`);
  }
};
