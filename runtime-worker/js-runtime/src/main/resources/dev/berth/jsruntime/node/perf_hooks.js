const origin = Date.now();

module.exports = {
  performance: {
    timeOrigin: origin,
    now: () => Date.now() - origin,
    mark() {},
    measure() {},
    clearMarks() {},
    clearMeasures() {},
    getEntries: () => [],
    getEntriesByName: () => [],
    getEntriesByType: () => [],
    toJSON: () => ({ timeOrigin: origin }),
  },
  PerformanceObserver: class PerformanceObserver {
    observe() {}
    disconnect() {}
  },
  constants: {},
};
