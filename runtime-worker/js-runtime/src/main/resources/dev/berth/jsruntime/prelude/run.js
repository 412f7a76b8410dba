// The invocation that a context is running now, and its asynchronous operations.
//
// `post(kind, id, text, more)` is the way to the host. It only queues: what it asks for happens after
// app code has returned to the host, never on the stack of app code.
(berth) => {
  'use strict';

  const { post } = berth;
  const PromiseType = Promise;
  const isFunction = (value) => typeof value === 'function';
  const uncurry = (method) => Function.prototype.call.bind(method);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const mapDelete = uncurry(Map.prototype.delete);
  const mapHas = uncurry(Map.prototype.has);
  const { min, max, trunc } = Math;

  // One number space for all invocations of a context: an answer that comes late finds nobody.
  let nextId = 1;
  let firstId = 1;
  let pending = new Map();
  let timers = new Map();
  // Which public error code a failure of a service has when app code does not catch it.
  let errorCodes = new WeakMap();
  const codesGet = uncurry(WeakMap.prototype.get);
  const codesSet = uncurry(WeakMap.prototype.set);
  const codesHas = uncurry(WeakMap.prototype.has);

  const asking = (kind) => (service, text) => {
    const id = nextId++;
    const promise = new PromiseType((resolve, reject) => mapSet(pending, id, { resolve, reject }));
    post(kind, id, service, text);
    return promise;
  };
  const request = asking('call');

  const settle = (id, text, failure) => {
    const waiting = mapGet(pending, id);
    if (waiting === undefined) return fireTimer(id);
    mapDelete(pending, id);
    if (failure === null) return waiting.resolve(text === null ? undefined : berth.fromWire(text));
    const { message, errorCode, code } = berth.fromWire(failure);
    const error = new Error(message);
    berth.hide(error, { name: errorCode === 'MongoDBError' ? 'MongoError' : 'Error' });
    if (code !== undefined) error.code = code;
    codesSet(errorCodes, error, errorCode);
    return waiting.reject(error);
  };

  // ---- timers

  const schedule = (repeats) =>
    function (callback, delay, ...args) {
      if (!isFunction(callback)) throw new TypeError('a timer takes a function');
      const id = nextId++;
      const millis = min(max(trunc(Number(delay)) || 0, repeats ? 1 : 0), 0x7fffffff);
      mapSet(timers, id, { callback, args, millis, repeats });
      post(repeats ? 'interval' : 'timeout', id, '' + millis, '');
      return id;
    };

  const cancel = function (id) {
    if (!mapHas(timers, id)) return;
    mapDelete(timers, id);
    post('cancel', id, '', '');
  };

  const fireTimer = (id) => {
    const timer = mapGet(timers, id);
    if (timer === undefined) return;
    if (timer.repeats) post('again', id, '' + timer.millis, '');
    else mapDelete(timers, id);
    try {
      berth.apply(timer.callback, undefined, timer.args);
    } catch (error) {
      berth.logUncaught('timer', error);
    }
  };

  const setTimeout = schedule(false);
  const setInterval = schedule(true);
  const setImmediate = (callback, ...args) => setTimeout(callback, 0, ...args);
  const queueMicrotask = (callback) => {
    PromiseType.resolve().then(callback);
  };
  const names = { setTimeout, setInterval, setImmediate, queueMicrotask };
  for (const name in names) berth.hide(names[name], { name });
  berth.hide(globalThis, { ...names, clearTimeout: cancel, clearInterval: cancel, clearImmediate: cancel });

  // What app code does not catch ends the call with this code.
  const coded = (error, code) => {
    codesSet(errorCodes, error, code);
    error.code = code;
    return error;
  };

  berth.request = request;
  // What the invocation does not wait for when all else is done.
  berth.watch = asking('watch');
  berth.coded = coded;
  berth.settle = settle;
  berth.errorCodeOf = (error) =>
    typeof error === 'object' && error !== null && codesHas(errorCodes, error)
      ? codesGet(errorCodes, error)
      : 'FunctionExecutionError';
  berth.forgetRun = () => {
    if (nextId === firstId) return;
    firstId = nextId;
    pending = new Map();
    timers = new Map();
    errorCodes = new WeakMap();
  };
}
