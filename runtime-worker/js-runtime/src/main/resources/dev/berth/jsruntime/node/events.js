// `events`: the package of that name, with what newer versions of Node.js have besides.
const EventEmitter = require('../npm/events/events.js');

EventEmitter.on = function on(emitter, name) {
  const values = [];
  const waiting = [];
  let failure = null;
  const push = (...args) => (waiting.length > 0 ? waiting.shift().resolve({ value: args, done: false }) : values.push(args));
  const fail = (error) => {
    failure = error;
    if (waiting.length > 0) waiting.shift().reject(error);
  };
  emitter.on(name, push);
  if (name !== 'error') emitter.on('error', fail);
  return {
    next() {
      if (values.length > 0) return Promise.resolve({ value: values.shift(), done: false });
      if (failure !== null) return Promise.reject(failure);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      emitter.removeListener(name, push);
      emitter.removeListener('error', fail);
      for (const each of waiting) each.resolve({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

EventEmitter.setMaxListeners = (count, ...emitters) => {
  for (const each of emitters) if (typeof each.setMaxListeners === 'function') each.setMaxListeners(count);
};
EventEmitter.getEventListeners = (emitter, name) => emitter.listeners(name);
EventEmitter.errorMonitor = Symbol('events.errorMonitor');
EventEmitter.captureRejectionSymbol = Symbol.for('nodejs.rejection');

class Event {
  constructor(type, init) {
    this.type = String(type);
    this.cancelable = Boolean(init && init.cancelable);
    this.defaultPrevented = false;
    this.target = null;
  }
  preventDefault() {
    this.defaultPrevented = this.cancelable;
  }
  stopPropagation() {}
  stopImmediatePropagation() {}
}

class EventTarget {
  #listeners = new Map();
  addEventListener(type, listener, options) {
    if (!listener) return;
    const all = this.#listeners.get(type) || [];
    if (all.some((each) => each.listener === listener)) return;
    all.push({ listener, once: Boolean(options && options.once) });
    this.#listeners.set(type, all);
  }
  removeEventListener(type, listener) {
    this.#listeners.set(type, (this.#listeners.get(type) || []).filter((each) => each.listener !== listener));
  }
  dispatchEvent(event) {
    event.target = this;
    const own = this['on' + event.type];
    if (typeof own === 'function') own.call(this, event);
    for (const { listener, once } of [...(this.#listeners.get(event.type) || [])]) {
      if (once) this.removeEventListener(event.type, listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}

const abortError = () => {
  const error = new Error('This operation was aborted');
  error.name = 'AbortError';
  error.code = 20;
  return error;
};

class AbortSignal extends EventTarget {
  aborted = false;
  reason = undefined;
  onabort = null;
  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  static abort(reason) {
    const controller = new AbortController();
    controller.abort(reason);
    return controller.signal;
  }
  static timeout(millis) {
    const controller = new AbortController();
    const error = new Error('The operation was aborted due to timeout');
    error.name = 'TimeoutError';
    setTimeout(() => controller.abort(error), millis);
    return controller.signal;
  }
  static any(signals) {
    const controller = new AbortController();
    for (const each of signals) {
      if (each.aborted) controller.abort(each.reason);
      else each.addEventListener('abort', () => controller.abort(each.reason), { once: true });
    }
    return controller.signal;
  }
}

class AbortController {
  signal = new AbortSignal();
  abort(reason = abortError()) {
    const { signal } = this;
    if (signal.aborted) return;
    signal.aborted = true;
    signal.reason = reason;
    signal.dispatchEvent(new Event('abort'));
  }
}

module.exports = EventEmitter;
Object.assign(EventEmitter, { Event, EventTarget, AbortSignal, AbortController });
