// Functions that mean harm, and how each must end. A line `//# name -> end` begins one; an end is
//   over LIMIT        the invocation passed that limit; RESOURCES stands for those of CPU time, time
//                     and memory, because which comes first is a matter of the machine
//   threw TEXT        it ended with an error whose message holds the text
//   returned JSON     it came to nothing, and the function could say so
// and several are separated by " or ". The tests run each in a new and in a used context, with the
// limits: CPU time 0.5 s, time 5 s, 128 MB allocated, 100 operations, 1 MB of response, 100 lines.

// ---- CPU -----------------------------------------------------------------------------------

//# endless loop -> over RESOURCES
exports = () => { for (;;); };

//# endless loop in catch -> over RESOURCES
exports = () => { for (;;) { try { throw 1; } catch (e) { for (;;); } } };

//# endless loop in finally -> over RESOURCES
exports = () => { try { return 1; } finally { for (;;); } };

//# endless generator -> over RESOURCES
exports = () => { const g = (function* () { for (;;) yield 1; })(); for (const x of g) x; };

//# endless microtasks -> over RESOURCES
exports = async () => { for (;;) await null; };

//# endless chain of then -> over RESOURCES
exports = () => { const again = () => Promise.resolve().then(again); return again(); };

//# endless chain of timers -> over RESOURCES
exports = () => new Promise(() => { const again = () => setTimeout(again, 0); again(); });

//# endless hashes -> over RESOURCES
exports = () => { const m = 'x'.repeat(1e6); for (;;) utils.crypto.hash('sha256', m); };

//# endless signatures that cannot be made -> over RESOURCES
exports = () => { for (;;) try { utils.jwt.encode('RS512', {}, '-----BEGIN PRIVATE KEY-----MAA=-----END'); } catch {} };

//# endless URLs -> over RESOURCES
exports = () => { for (;;) new URL('http://ä/' + Math.random()); };

//# promises inside a result without end -> returned {"a":{"a":{}}} or returned {"a":{}}
exports = () => { const more = () => Promise.resolve({ a: more() }); return { a: Promise.resolve({ a: new Promise(() => {}) }) }; };

//# rejections without end -> over RESOURCES
exports = async () => { for (;;) { Promise.reject(new Error('x')); await null; } };

//# sort with a hostile comparator -> over RESOURCES
exports = () => { for (;;) [5, 4, 3, 2, 1].sort(() => Math.random() - 0.5); };

//# regular expression with back-references -> over RESOURCES or returned false
exports = () => /(?:(a+)(?=\1))*\1b$/.test('a'.repeat(5000));

//# catastrophic regular expressions -> over RESOURCES
exports = () => { for (;;) /^(\w+\s?)*$/.test('a '.repeat(5000) + '!'); };

//# endless dates -> over RESOURCES
exports = () => { for (;;) new Date().toLocaleString('de-DE', { timeZone: 'Asia/Tokyo' }); };

//# endless number formats -> over RESOURCES
exports = () => { for (;;) new Intl.NumberFormat('hi-IN').format(Math.random()); };

//# iterator without end -> over RESOURCES
exports = () => Array.from({ [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 1 }) }) });

//# fill of the longest array -> threw Invalid array length or over RESOURCES
exports = () => new Array(2 ** 32 - 2).fill(0).length;

//# search in the longest array -> over RESOURCES or returned -1
exports = () => { const a = []; a.length = 2 ** 32 - 1; return a.indexOf(1); };

//# search in an array of holes -> over RESOURCES
exports = () => { Array.prototype[9] = 1; const a = []; a.length = 2 ** 32 - 1; return a.indexOf(2); };

//# backward search in an array of holes -> over RESOURCES
exports = () => { Array.prototype[9] = 1; const a = []; a.length = 2 ** 32 - 1; return a.lastIndexOf(2); };

//# walk over an array of holes -> over RESOURCES
exports = () => { Array.prototype[9] = 1; const a = []; a.length = 2 ** 32 - 1; return a.forEach(x => x); };

//# reverse of an array-like without end -> over RESOURCES
exports = () => Array.prototype.reverse.call({ length: 2 ** 53 - 1 });

//# functions without end -> over RESOURCES
exports = () => { for (let i = 0; ; i++) new Function('return ' + i)(); };

//# eval without end -> over RESOURCES
exports = () => { for (let i = 0; ; i++) eval('x' + i + ' = 1'); };

//# template without end -> threw Invalid string length or over RESOURCES
exports = () => { let s = 'x'; for (;;) s = `${s}${s}`.trim(); };

//# JSON of many megabytes again and again -> over RESOURCES
exports = () => { const s = '[' + '1,'.repeat(1e6) + '1]'; for (;;) JSON.parse(s); };

//# hashes of large keys -> over RESOURCES
exports = () => { const o = {}; for (let i = 0; ; i++) o['x'.repeat(10000) + i] = i; };

// ---- what cannot be cancelled ----------------------------------------------------------------

//# power of big integers -> threw Maximum BigInt size exceeded
exports = () => (3n ** (2n ** 26n)).toString().length;

//# shift of big integers -> threw Maximum BigInt size exceeded
exports = () => (1n << (2n ** 30n)).toString().length;

//# shift to the left by a negative shift to the right -> threw Maximum BigInt size exceeded
exports = () => (1n >> -(2n ** 30n)).toString().length;

//# product of big integers -> threw Maximum BigInt size exceeded
exports = () => { let x = 3n ** 1000n; for (;;) x *= x; };

//# assignment forms of big integers -> threw Maximum BigInt size exceeded
exports = () => { let x = 3n; x **= 2n ** 26n; return x.toString(); };

//# parse of a big integer -> threw Maximum BigInt size exceeded
exports = () => BigInt('9'.repeat(3e6)).toString(16).length;

//# parse of an object as a big integer -> threw Maximum BigInt size exceeded
exports = () => BigInt({ valueOf: () => '9'.repeat(3e6) }).toString(16).length;

//# print of a big integer -> threw Maximum BigInt size exceeded
exports = () => BigInt('0x' + 'f'.repeat(5e6)).toString(10).length;

//# widths of big integers -> threw Maximum BigInt size exceeded
exports = () => BigInt.asUintN(2 ** 32, -1n).toString().length;

//# big integers out of eval -> threw Maximum BigInt size exceeded
exports = () => eval('(3n ** (2n ** 26n)).toString().length');

//# big integers out of a generator -> threw Maximum BigInt size exceeded
exports = () => [...(function* () { yield 3n ** (2n ** 26n); })()].toString();

//# big integers as a default -> threw Maximum BigInt size exceeded
exports = () => ((x = 3n ** (2n ** 26n)) => x)().toString();

// ---- memory ----------------------------------------------------------------------------------

//# array without end -> over RESOURCES
exports = () => { const a = []; for (;;) a.push({}); };

//# array without end that catches -> over RESOURCES
exports = () => { const a = []; for (;;) { try { for (;;) a.push([1]); } catch (e) { } } };

//# map without end -> over RESOURCES
exports = () => { const m = new Map(); for (let i = 0; ; i++) m.set(i, { i }); };

//# set without end -> over RESOURCES
exports = () => { const s = new Set(); for (let i = 0; ; i++) s.add('x' + i); };

//# object without end -> over RESOURCES
exports = () => { const o = {}; for (let i = 0; ; i++) o['x' + i] = i; };

//# typed arrays without end -> over RESOURCES
exports = () => { const a = []; for (;;) a.push(new Float64Array(1e5)); };

//# symbols without end -> over RESOURCES
exports = () => { const a = []; for (;;) a.push(Symbol('x'.repeat(100))); };

//# closures without end -> over RESOURCES
exports = () => { let f = () => 1; for (;;) { const g = f; const d = [1, 2, 3]; f = () => [g, d]; } };

//# errors without end -> over RESOURCES
exports = () => { const a = []; for (;;) { try { null.x; } catch (e) { a.push(e.stack); } } };

//# promises without end -> over RESOURCES
exports = () => { const a = []; for (;;) a.push(new Promise(() => {})); };

//# the longest string at one blow -> threw Invalid string length
exports = () => 'x'.repeat(2 ** 29).toUpperCase().length;

//# the longest string by doubling -> threw Invalid string length or over RESOURCES
exports = () => { let s = 'x'; for (;;) s += s; };

//# padding at one blow -> threw Invalid string length
exports = () => 'x'.padStart(2 ** 29, 'abc').toUpperCase().length;

//# join at one blow -> threw Invalid string length or over RESOURCES
exports = () => new Array(2 ** 29).join('x').length;

//# replace at one blow -> threw Invalid string length or over RESOURCES
exports = () => 'x'.repeat(1e6).replaceAll('x', 'y'.repeat(1e6)).length;

//# the largest buffer at one blow -> threw Array buffer allocation failed
exports = () => new ArrayBuffer(2 ** 30).byteLength;

//# the largest typed array at one blow -> threw Invalid typed array length
exports = () => new Float64Array(2 ** 28).length;

//# array-like without end -> threw Invalid array length or over RESOURCES
exports = () => Array.from({ length: 2 ** 31 }).length;

//# arguments without end -> threw Invalid array length or over RESOURCES
exports = () => Math.max(...new Array(1e7).fill(1));

//# apply without end -> threw Maximum call stack size exceeded or over RESOURCES
exports = () => Math.max.apply(null, { length: 1e7 });

//# JSON at one blow -> threw Invalid array length or over RESOURCES
exports = () => JSON.stringify(new Array(1e7).fill('xxxxxxxxxx')).length;

//# JSON that repeats itself -> threw Invalid string length or over RESOURCES
exports = () => { let o = 'x'.repeat(100); for (let i = 0; i < 40; i++) o = [o, o]; return JSON.stringify(o).length; };

//# source at one blow -> threw the source is longer than
exports = () => eval('x=1;'.repeat(3e6));

//# source of a function at one blow -> threw the source is longer than
exports = () => new Function('x=1;'.repeat(3e6))();

//# regular expression at one blow -> over RESOURCES or threw SyntaxError or threw RangeError or returned false
exports = () => new RegExp('(a{1,1000}){1,1000}b'.repeat(100)).test('a'.repeat(1000));

//# result without end -> over RESOURCES or over RESPONSE_SIZE
exports = () => new Array(1e6).fill('xxxxxxxxxx');

//# response of many megabytes -> over RESPONSE_SIZE
exports = () => 'x'.repeat(2e6);

//# result that holds itself -> threw cyclic
exports = () => { const o = {}; o.o = o; return o; };

//# result that nests without end -> threw deep or over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o; };

//# result that makes itself up -> threw is not a function
exports = () => { const me = new Proxy({}, { get: () => me, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ value: me, enumerable: true, configurable: true }) }); return me; };

//# lines of a megabyte -> returned "done"
exports = () => { for (let i = 0; i < 10; i++) console.log('x'.repeat(1e6)); return 'done'; };

//# lines without end -> over RESOURCES
exports = () => { for (;;) console.log('line'); };

//# a line that holds itself -> returned "done"
exports = () => { const o = {}; o.o = o; console.log(o); return 'done'; };

//# a line that makes itself up -> returned "done" or over RESOURCES or over STACK_FRAMES
exports = () => { const me = new Proxy({}, { get: () => me, ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ value: me, enumerable: true, configurable: true }) }); console.log(me); return 'done'; };

//# EJSON that nests without end -> threw deep or threw nest or threw RangeError or over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => EJSON.parse('['.repeat(1e5) + ']'.repeat(1e5));

//# cancelled timers without end -> over RESOURCES
exports = async () => { for (;;) { for (let i = 0; i < 1e4; i++) clearTimeout(setTimeout(() => {}, 2 ** 31 - 1)); await new Promise(next => setTimeout(next)); } };

//# intervals without end -> over ASYNC_OPERATIONS
exports = async () => { for (;;) { setInterval(() => {}, 2 ** 31 - 1); await null; await new Promise(next => setTimeout(next)); } };

//# operations without end -> over ASYNC_OPERATIONS or over RESOURCES
exports = () => { for (;;) setTimeout(() => {}, 1e6); };

//# a promise nobody settles -> threw never settles
exports = () => new Promise(() => {});

//# waiting without end -> over TIME
exports = () => new Promise(r => setTimeout(r, 1e9));

// ---- stack -----------------------------------------------------------------------------------

//# recursion -> over STACK_FRAMES
exports = () => { const f = () => f() + 1; return f(); };

//# recursion that catches -> over STACK_FRAMES
exports = () => { const f = () => { try { f(); } catch (e) { f(); } }; f(); };

//# recursion with built-ins in the handler -> over STACK_FRAMES
exports = () => {
  const probes = [
    () => JSON.stringify({ a: [1, 'x', null] }), () => [3, 1, 2].sort(), () => new Map([[1, 2]]), () => [1, 2].map(String).join(),
    () => new Proxy({}, {}).x, () => (1.5).toFixed(1), () => 'abc'.replace(/b/g, 'x'), () => new Date().toISOString(),
    () => new Intl.DateTimeFormat('en').format(0), () => BigInt(10).toString(), () => EJSON.stringify({ a: 1 }), () => console.log('x'),
  ];
  const f = i => { try { f(i + 1); } finally { probes[i % probes.length](); } };
  f(0);
};

//# recursion through the host -> over STACK_FRAMES
exports = () => { const f = () => { console.log('deeper'); f(); }; f(); };

//# recursion through execute -> over STACK_FRAMES
exports = () => { const f = () => context.functions.execute('recursion through execute'); return f(); };

//# recursion of proxies -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded or returned 1
exports = () => { let p = { x: 1 }; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); return p.x; };

//# recursion of bound functions -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded or returned 1
exports = () => { let f = () => 1; for (let i = 0; i < 1e5; i++) f = f.bind(null); return f(); };

//# recursion of getters -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { const o = { get x() { return this.x; } }; return o.x; };

//# recursion of toString -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { const o = { toString: () => '' + o }; return '' + o; };

//# recursion of toJSON -> threw nested that deep or over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { const o = { toJSON: () => ({ o }) }; return JSON.stringify(o); };

//# recursion of comparators -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { const c = () => [2, 1].sort(c) && 1; return c(); };

//# recursion of constructors -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { class A { constructor() { new A(); } } new A(); };

//# recursion of generators -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { function* g() { yield* g(); } for (const x of g()) x; };

//# recursion of async functions -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { const f = async () => { await f(); }; return f(); };

//# recursion of arguments -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { const f = (...a) => f(...a, 1); return f(); };

//# recursion of replacers -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => { const f = () => 'x'.replace(/x/, f); return f(); };

//# deep JSON text -> threw deep or threw nest or over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded or returned "ok"
exports = () => { JSON.parse('['.repeat(1e5) + ']'.repeat(1e5)); return 'ok'; };

//# deep source -> over STACK_FRAMES or over RESOURCES or threw Maximum call stack size exceeded
exports = () => eval('('.repeat(1e5) + '1' + ')'.repeat(1e5));

//# deep regular expression -> threw regular expression not supported
exports = () => { new RegExp('('.repeat(1e5) + 'a' + ')'.repeat(1e5)); return 'ok'; };

// ---- escape ----------------------------------------------------------------------------------

//# names of the host -> returned []
exports = () => ['Java', 'Packages', 'Polyglot', 'Graal', 'load', 'loadWithNewGlobal', 'print', 'java', 'javax', 'process', 'SharedArrayBuffer', 'Atomics', 'WebAssembly', 'quit', 'read', 'importScripts'].filter(name => name in globalThis);

//# modules of the host -> returned []
exports = () => ['child_process', 'vm', 'worker_threads', '../../etc/passwd'].filter(name => { try { return require(name) !== undefined; } catch (e) { return false; } });

//# import of a file -> returned "refused"
exports = async () => { try { await import('file:///etc/passwd'); return 'read'; } catch (e) { return 'refused'; } };

//# import of a URL -> returned "refused"
exports = async () => { try { await import('http://127.0.0.1/'); return 'read'; } catch (e) { return 'refused'; } };

//# constructors of what the host gave -> returned []
exports = () => [context, context.request, context.values, console, console.log, EJSON, BSON, context.functions.execute, context.services]
  .filter(x => x !== undefined && x.constructor && x.constructor.constructor && x.constructor.constructor('return this')() !== globalThis).map(String);

//# classes of the host in errors -> returned []
exports = () => {
  const seen = [];
  for (const f of [() => null.x, () => context.values.get({ toString() { throw 1; } }), () => EJSON.parse('{'), () => new Array(-1), () => BSON.ObjectId('x'), () => context.services.get({}), () => 'x'.repeat(-1), () => decodeURIComponent('%')]) {
    try { f(); } catch (e) { seen.push(String(e && e.stack), String(e)); }
  }
  return seen.filter(text => /\b(java|javax|jdk|sun|com\.oracle|org\.graalvm|dev\.berth|io\.vertx)\b\.?/.test(text));
};

//# a hook for stack traces -> returned []
exports = () => { const seen = []; Error.prepareStackTrace = (e, frames) => { for (const f of frames) seen.push(String(f && f.getFileName && f.getFileName())); return 'x'; }; new Error('x').stack; return seen.filter(name => !/^functions\/|^undefined$|^null$|^berth:/.test(name)); };

//# a thenable without end as result -> over RESOURCES
exports = () => { const t = { then(r) { r(t); } }; return t; };

//# a revoked proxy as result -> threw revoked
exports = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; };

//# a getter that loops in the result -> over RESOURCES
exports = () => ({ get x() { for (;;); } });

//# an error whose message loops -> over RESOURCES
exports = () => { throw { get message() { for (;;); }, toString() { for (;;); } }; };

//# a species that lies -> returned 3
exports = () => { class A extends Array { static get [Symbol.species]() { return function () { return globalThis; }; } } try { return new A(1, 2, 3).map(x => x).length ?? 3; } catch (e) { return 3; } };

//# the prelude's prototypes -> returned "mine"
exports = () => { Object.prototype.kind = 'evil'; Array.prototype.push = () => { throw 'evil'; }; Promise.prototype.then = () => { throw 'evil'; }; JSON.stringify = () => 'evil'; return 'mine'; };
