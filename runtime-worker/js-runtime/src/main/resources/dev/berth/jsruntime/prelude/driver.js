// What the host calls: begin an invocation, settle an answer, conclude.
(berth) => {
  'use strict';

  const { post, settle, toWire, fromWire, makeContext, endpointRequest, newResponse, responseState } = berth;
  const { parse, stringify } = JSON;
  const PromiseType = Promise;
  const promiseThen = Function.prototype.call.bind(Promise.prototype.then);
  const uncurry = (method) => Function.prototype.call.bind(method);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const resolvedWith = uncurry(Promise.resolve);
  const exec = uncurry(RegExp.prototype.exec);
  const EMPTY_PATTERN = /(?:)/;

  const global = globalThis;
  const wrappers = { __proto__: null };
  let app;
  let run;

  // ---- functions

  // Each file is evaluated once per invocation, on first use: what it keeps at file level lives as
  // long as the call.
  const load = (name) => {
    const loaded = mapGet(run.functions, name);
    if (loaded !== undefined) return loaded;
    const wrapper = wrappers[name];
    if (wrapper === undefined) throw coded(new Error(`function not found: '${name}'`), 'FunctionNotFound');
    const initial = {};
    const module = { exports: initial };
    const exported = wrapper(initial, module, require);
    const chosen = exported !== initial ? exported : module.exports;
    if (typeof chosen !== 'function') {
      throw coded(new Error(`function '${name}' must assign a function to exports`), 'FunctionInvalid');
    }
    mapSet(run.functions, name, chosen);
    return chosen;
  };

  const codes = new WeakMap();
  const codesGet = uncurry(WeakMap.prototype.get);
  const codesSet = uncurry(WeakMap.prototype.set);
  const coded = (error, code) => {
    codesSet(codes, error, code);
    return error;
  };

  const require = (name) => {
    throw new Error(`Cannot find module '${name}'`);
  };

  const execute = (name, ...args) => {
    if (typeof name !== 'string') throw new TypeError('context.functions.execute takes the name of a function');
    if (app.guarded[name] === true) throw new Error(`function '${name}' may not be called here: its can_evaluate did not allow it`);
    return load(name)(...args);
  };

  // ---- one invocation

  const succeed = (value) => {
    if (run === undefined) return;
    run.settled = true;
    run.value = value;
  };

  const fail = (error) => {
    if (run === undefined) return;
    run.settled = true;
    run.failed = true;
    run.value = error;
  };

  const isThenable = (value) =>
    value !== null && (typeof value === 'object' || typeof value === 'function') && typeof value.then === 'function';

  const start = (factsText, runsAsSystem) => {
    // Whatever app code matched last must not be seen by the next invocation.
    exec(EMPTY_PATTERN, '');
    run = {
      functions: new Map(),
      settled: false,
      failed: false,
      value: undefined,
      response: undefined,
      wantsResult: false,
      context: undefined,
      factsText,
      runsAsSystem,
    };
    return run;
  };

  const settleWith = (started, value) => {
    if (!isThenable(value)) {
      succeed(value);
      return;
    }
    promiseThen(
      resolvedWith(PromiseType, value),
      (result) => started === run && succeed(result),
      (error) => started === run && fail(error),
    );
  };

  const beginEndpoint = (name, factsText, bodyText, bodyLatin1, system, wantsResult) => {
    const started = start(factsText, system);
    const response = newResponse();
    started.response = response;
    started.wantsResult = wantsResult;
    try {
      settleWith(started, load(name)(endpointRequest(() => parse(factsText), bodyText, bodyLatin1), response));
    } catch (error) {
      fail(error);
    }
  };

  const beginCall = (name, factsText, argumentsText, system) => {
    const started = start(factsText, system);
    try {
      settleWith(started, load(name)(...fromWire(argumentsText)));
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
      berth.logUncaught('function', error);
    } catch {
      message = 'the function threw a value that could not be read';
    }
    post('threw', 0, code, message);
  };

  const concludeResponse = () => {
    const { status, headers, body } = responseState(run.response);
    const head = headers.length === 0 ? '' : stringify(headers);
    if (body !== undefined) {
      if (body.text !== undefined) post('text', status, head, body.text);
      else post('bytes', status, head, body.latin1);
    } else if (run.wantsResult) post('result', status, head, toWire(run.value));
    else post('empty', status, head, '');
  };

  // Leaves nothing of the invocation in the context; what app code did to shared objects is found by
  // the host.
  const forget = () => {
    run = undefined;
    berth.forgetRun();
  };

  // True when the invocation has come to its end and its outcome has been posted. The host asks after
  // all microtasks have run and nothing asynchronous is left to wait for.
  const conclude = () => {
    if (!run.settled) return false;
    try {
      if (run.failed) concludeFailure(run.value);
      else if (run.response !== undefined) concludeResponse();
      else post('returned', 0, toWire(run.value), '');
    } catch (error) {
      concludeFailure(error);
    }
    forget();
    return true;
  };

  const bare = (object) => Object.setPrototypeOf(object, null);

  const install = (appText) => {
    app = parse(appText);
    bare(app.values);
    bare(app.services);
    bare(app.guarded);
  };

  const addFunction = (name, wrapper) => {
    wrappers[name] = wrapper;
    berth.share(wrapper);
  };

  // `context` is a global, and app code may replace it for the rest of its invocation.
  const contextOf = (started) => {
    if (started.context === undefined) {
      const { factsText, runsAsSystem } = started;
      started.context = makeContext(app, () => parse(factsText), runsAsSystem, execute);
    }
    return started.context;
  };
  Object.defineProperty(global, 'context', {
    configurable: true,
    get: () => (run === undefined ? undefined : contextOf(run)),
    set: (value) => {
      if (run !== undefined) run.context = value;
    },
  });

  berth.driver = { install, addFunction, beginEndpoint, beginCall, settle, conclude };
}
