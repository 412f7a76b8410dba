// Objects that app code can reach but not through a property of the global object: the host watches
// them for changes like all others (see RealmInspector).
(berth) => {
  'use strict';

  const prototypeOf = Object.getPrototypeOf;
  const shared = [];

  berth.define = (object, name, value) =>
    Reflect.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  berth.share = (object) => {
    shared[shared.length] = object;
  };

  const generator = function* () {};
  const asyncGenerator = async function* () {};
  const beginnings = [
    generator, asyncGenerator, async function () {}, () => {},
    [][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](), ''[Symbol.iterator](),
    'a'.matchAll(/a/g), generator(), asyncGenerator(), [].values().map((item) => item), Iterator.from({ next() {} }),
    Uint8Array, Promise.prototype,
  ];
  for (const beginning of beginnings) {
    for (let object = prototypeOf(beginning); object !== null; object = prototypeOf(object)) berth.share(object);
  }
  berth.shared = shared;
}
