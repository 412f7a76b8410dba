// `async_hooks`: what is stored is seen by what runs at once, and not by what runs later.
class AsyncLocalStorage {
  #store = undefined;
  run(store, callback, ...args) {
    const before = this.#store;
    this.#store = store;
    try {
      return callback(...args);
    } finally {
      this.#store = before;
    }
  }
  exit(callback, ...args) {
    return this.run(undefined, callback, ...args);
  }
  getStore() {
    return this.#store;
  }
  enterWith(store) {
    this.#store = store;
  }
  disable() {
    this.#store = undefined;
  }
}

class AsyncResource {
  constructor(type) {
    this.type = type;
  }
  runInAsyncScope(callback, receiver, ...args) {
    return callback.apply(receiver, args);
  }
  bind(callback) {
    return callback;
  }
  static bind(callback) {
    return callback;
  }
  emitDestroy() {
    return this;
  }
  asyncId() {
    return 1;
  }
  triggerAsyncId() {
    return 0;
  }
}

const hook = { enable: () => hook, disable: () => hook };
module.exports = { AsyncLocalStorage, AsyncResource, createHook: () => hook, executionAsyncId: () => 1, triggerAsyncId: () => 0 };
