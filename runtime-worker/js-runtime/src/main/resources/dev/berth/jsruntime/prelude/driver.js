// What the host calls: begin an invocation, settle an answer, conclude.
(berth) => {
  'use strict';

  const { post, requestFacts, settle, require, toWire, fromWire, makeContext, endpointRequest, newResponse, givenResponse } = berth;
  const { forgetResponse, forgetMade, forgetRights, forgetRun } = berth;
  const { parse } = JSON;
  const PromiseType = Promise;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const resolvedWith = uncurry(Promise.resolve);
  const exec = uncurry(RegExp.prototype.exec);
  const EMPTY_PATTERN = /(?:)/;

  const global = globalThis;
  const wrappers = { __proto__: null };
  // What the function returned. The host sees in here how a promise stands: to watch it with `then`
  // would take twice the time of the asynchronous function itself.
  const returned = { value: undefined, result: undefined, rejection: undefined };
  let app;
  let execute;

  // The invocation: variables, because an object of as many properties takes ten times as long.
  let running = false;
  let runsAsSystem;
  let wantsResult;
  let responds;
  let failed;
  let value;
  let contextValue;
  // The first function that was loaded has a place of its own; there is seldom another.
  let firstName;
  let firstFunction;
  let otherFunctions;

  // ---- functions

  // Each file is evaluated once per invocation, on first use: what it keeps at file level lives as
  // long as the call.
  const load = (name) => {
    if (name === firstName) return firstFunction;
    if (otherFunctions !== undefined && otherFunctions[name] !== undefined) return otherFunctions[name];
    const chosen = evaluate(name, known(name));
    keep(name, chosen);
    return chosen;
  };

  // With rights of its own a file is evaluated once more, once for each call that has them.
  const loadWith = (rights, name, bound) => {
    if (rights === undefined) return load(name);
    if (rights.functions[name] === undefined) {
      known(name);
      rights.functions[name] = evaluate(name, bound());
    }
    return rights.functions[name];
  };

  const known = (name) => {
    const wrapper = wrappers[name];
    if (wrapper === undefined) throw coded(new Error(`function not found: '${name}'`), 'FunctionNotFound');
    return wrapper;
  };

  const evaluate = (name, wrapper) => {
    const initial = {};
    const module = { exports: initial };
    const exported = wrapper(initial, module, require);
    const chosen = exported !== initial ? exported : module.exports;
    if (typeof chosen !== 'function') {
      throw coded(new Error(`function '${name}' must assign a function to exports`), 'FunctionInvalid');
    }
    return chosen;
  };

  const keep = (name, loaded) => {
    if (firstName === undefined) {
      firstName = name;
      firstFunction = loaded;
      return;
    }
    if (otherFunctions === undefined) otherFunctions = { __proto__: null };
    otherFunctions[name] = loaded;
  };

  const codes = new WeakMap();
  const codesGet = uncurry(WeakMap.prototype.get);
  const codesSet = uncurry(WeakMap.prototype.set);
  const coded = (error, code) => {
    codesSet(codes, error, code);
    return error;
  };

  // ---- one invocation

  const isThenable = (object) => typeof object.then === 'function';

  // A new copy each time, and none at all for the many functions that look at neither headers nor query.
  const readFacts = () => parse(requestFacts());

  const start = (system) => {
    running = true;
    runsAsSystem = system;
  };

  const fail = (error) => {
    failed = true;
    value = error;
    returned.value = undefined;
  };

  // The host asks for this when the function returned an object that is no promise.
  const adopt = () => {
    try {
      if (isThenable(returned.value)) returned.value = resolvedWith(PromiseType, returned.value);
    } catch (error) {
      fail(error);
    }
  };

  const beginEndpoint = (name, bodyText, bodyLatin1, system, wants) => {
    start(system);
    responds = true;
    wantsResult = wants;
    try {
      returned.value = load(name)(endpointRequest(readFacts, bodyText, bodyLatin1), newResponse());
    } catch (error) {
      fail(error);
    }
  };

  const beginCall = (name, argumentsText, system) => {
    start(system);
    try {
      returned.value = load(name)(...fromWire(argumentsText));
    } catch (error) {
      fail(error);
    }
  };

  // ---- the end

  const messageOf = (error) => {
    if (error instanceof Error) return '' + error.message;
    if (typeof error === 'string') return error;
    return berth.toLog(error);
  };

  const codeOf = (error) =>
    (typeof error === 'object' && error !== null && codesGet(codes, error)) || berth.errorCodeOf(error);

  const concludeFailure = (error) => {
    let message;
    let code = 'FunctionExecutionError';
    try {
      message = messageOf(error);
      code = codeOf(error);
      berth.logFailure(error);
    } catch {
      message = 'the function threw a value that could not be read';
    }
    post('threw', 0, code, message);
  };

  // Texts one after the other, each after its length: cheaper to write and to read than JSON.
  const counted = (texts) => {
    let out = '';
    for (let i = 0; i < texts.length; i++) out += texts[i].length + ':' + texts[i];
    return out;
  };

  const concludeResponse = () => {
    const { status, headers, body } = givenResponse;
    const head = headers === undefined ? '' : counted(headers);
    if (body !== undefined) {
      if (body.text !== undefined) post('text', status, head, body.text);
      else post('bytes', status, head, body.latin1);
    } else if (wantsResult) {
      const text = toWire(value);
      if (text === undefined) return true;
      post('result', status, head, text);
    } else post('empty', status, head, '');
    return false;
  };

  const concludeReturned = () => {
    const text = toWire(value);
    if (text === undefined) return true;
    post('returned', 0, text, '');
    return false;
  };

  // Leaves nothing of the invocation in the context; what app code did to shared objects is found by
  // the host.
  const forget = () => {
    running = false;
    failed = false;
    value = undefined;
    contextValue = undefined;
    firstName = undefined;
    firstFunction = undefined;
    otherFunctions = undefined;
    returned.value = undefined;
    returned.result = undefined;
    returned.rejection = undefined;
    if (responds) forgetResponse();
    responds = false;
    forgetMade();
    forgetRights();
    forgetRun();
  };
  forget();

  // Whatever app code matched last must not be seen by the next invocation.
  const forgetMatch = () => {
    exec(EMPTY_PATTERN, '');
  };
  forgetMatch();

  // Posts the outcome. The host calls this when all microtasks have run, nothing asynchronous is left
  // to wait for, and the promise of the run, if there is one, is settled. When it answers true the
  // result holds promises, and it wants to be called once more.
  const conclude = (rejected) => {
    if (!failed) {
      value = returned.result;
      failed = rejected;
    }
    try {
      if (failed) concludeFailure(value);
      else if (responds ? concludeResponse() : concludeReturned()) return true;
    } catch (error) {
      concludeFailure(error);
    }
    forget();
    return false;
  };

  // The host calls this before, once for each promise that was rejected and that nobody handled.
  const reportRejection = () => {
    berth.logUncaught('promise', returned.rejection);
  };

  const bare = (object) => Object.setPrototypeOf(object, null);

  const install = (appText) => {
    app = parse(appText);
    bare(app.values);
    bare(app.services);
    bare(app.httpServices);
    bare(app.guarded);
    bare(app.runsAs);
    execute = berth.executor(app, loadWith, () => runsAsSystem, (rights, executeWith) => makeContext(app, readFacts, true, executeWith, rights));
  };

  const addFunction = (name, wrapper) => {
    wrappers[name] = wrapper;
    berth.share(wrapper);
  };

  // `context` is a global, and app code may replace it for the rest of its invocation.
  const contextNow = () => {
    if (contextValue === undefined) contextValue = makeContext(app, readFacts, runsAsSystem, execute, undefined);
    return contextValue;
  };
  Object.defineProperty(global, 'context', {
    configurable: true,
    // A module that is being loaded serves other invocations as well.
    get: () => (running && !berth.isLoading() ? contextNow() : undefined),
    set: (replacement) => {
      if (running && !berth.isLoading()) contextValue = replacement;
    },
  });

  berth.driver = { install, addFunction, beginEndpoint, beginCall, settle, adopt, conclude, reportRejection, forgetMatch, returned };
}
