const wait = (millis, value, options) =>
  new Promise((resolve, reject) => {
    const signal = options && options.signal;
    if (signal && signal.aborted) return reject(signal.reason);
    const timer = globalThis.setTimeout(() => resolve(value), millis);
    if (signal) {
      signal.addEventListener('abort', () => {
        globalThis.clearTimeout(timer);
        reject(signal.reason);
      }, { once: true });
    }
    return undefined;
  });

module.exports = {
  setTimeout: wait,
  setImmediate: (value, options) => wait(0, value, options),
  async *setInterval(millis, value) {
    for (;;) yield await wait(millis, value);
  },
  scheduler: { wait: (millis, options) => wait(millis, undefined, options), yield: () => wait(0) },
};
