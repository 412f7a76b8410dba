// Takes away what app code must not have, and adds `global`.
(berth) => {
  'use strict';

  const forbidden = [
    'load', 'loadWithNewGlobal', 'print', 'printErr', 'quit', 'read', 'readbuffer', 'readline', 'Graal', 'Polyglot', 'Java',
    'Packages', 'java', 'javax', 'javafx', 'com', 'org', 'edu', 'JavaImporter', 'WebAssembly', 'SharedArrayBuffer', 'Atomics',
    'FinalizationRegistry', 'ShadowRealm', 'Worker', 'arguments', 'Debug',
  ];
  for (const name of forbidden) delete globalThis[name];
  berth.hide(globalThis, { global: globalThis });

  // Programs for Node.js call it without a look whether it is there.
  if (Error.captureStackTrace === undefined) {
    const ErrorType = Error;
    const captureStackTrace = (object) => {
      Object.defineProperty(object, 'stack', { value: new ErrorType(object.message).stack, writable: true, configurable: true });
    };
    berth.hide(Error, { captureStackTrace });
  }
}
