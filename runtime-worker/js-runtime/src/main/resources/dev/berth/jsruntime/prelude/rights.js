// With whose rights app code acts: with those of the invocation, or, inside of a call of a function that
// runs as system, with the system's. Such rights are an object that is bound to the `context` which
// that function finds, and to what it takes from there; they end with the call, whoever has got hold of
// something by then, and from there on all of it acts with the rights of the invocation again.
//
// The host judges each operation by the rights that it names (see InvocationScope).
(berth) => {
  'use strict';

  const { apply, bindFunction, decideCall, goOnDeciding, fromWire, toWireDocument, coded } = berth;
  const PromiseType = Promise;
  const ErrorType = Error;
  const TypeErrorType = TypeError;
  const uncurry = (method) => Function.prototype.call.bind(method);
  const promiseThen = uncurry(Promise.prototype.then);
  const resolve = uncurry(Promise.resolve);
  const slice = uncurry(String.prototype.slice);

  // Rights of an earlier invocation are over, however they were kept.
  let run = 0;
  let given = false;

  const newRights = (key) => {
    given = true;
    return { key, run, open: true, functions: { __proto__: null }, context: undefined };
  };
  const end = (rights) => {
    rights.open = false;
  };

  // No rights but those of the invocation have no name.
  const keyOf = (rights) => (rights !== undefined && rights.open && rights.run === run ? rights.key : '');

  berth.rightsKey = keyOf;
  berth.operationWith = (rights, operation) => {
    const key = keyOf(rights);
    return key === '' ? operation : operation + ' ' + key;
  };

  // For what stays what it is, such as a query that was made already: its rights last as long as the
  // invocation.
  berth.lasting = (rights) => {
    const key = keyOf(rights);
    return key === '' ? undefined : newRights(key);
  };

  berth.forgetRights = () => {
    if (!given) return;
    given = false;
    run++;
  };

  const isThenable = (value) =>
    (typeof value === 'object' || typeof value === 'function') && value !== null && typeof value.then === 'function';

  // `callees` has `{ guarded, runsAs }`, functions by name; `load(rights, name, bound)` gives a function,
  // and takes what evaluates its file when that must not see the global `context`.
  berth.executor = ({ guarded, runsAs }, load, isSystem, newContext) => {
    const bound = (rights, name) => () => {
      if (rights.context === undefined) rights.context = newContext(rights, (name, ...values) => execute(rights, name, values));
      return apply(bindFunction(name), undefined, [rights.context]);
    };
    const call = (rights, name, values) =>
      apply(keyOf(rights) === '' ? load(undefined, name, undefined) : load(rights, name, bound(rights, name)), undefined, values);

    const elevated = (name, values) => {
      const rights = newRights('system');
      try {
        const result = call(rights, name, values);
        // A cursor is a query that was made: it is read when its owner likes.
        if (!isThenable(result) || berth.isCursor(result)) {
          end(rights);
          return result;
        }
        const succeeded = (value) => (end(rights), value);
        const failed = (error) => {
          end(rights);
          throw error;
        };
        return promiseThen(resolve(PromiseType, result), succeeded, failed);
      } catch (error) {
        end(rights);
        throw error;
      }
    };

    const start = (rights, name, values) => {
      const as = runsAs[name];
      if (as === undefined || (as === 'system' && (isSystem() || keyOf(rights) === 'system'))) return call(rights, name, values);
      if (as === 'system') return elevated(name, values);
      if (as === 'script') throw coded(new ErrorType(`function not found: '${name}'`), 'FunctionNotFound');
      throw coded(new ErrorType(`function '${name}' runs as a user of its own: functions cannot call it`), 'AuthError');
    };

    // Decides, calling what functions the decision needs, and then goes on. When one of these answers
    // later, so does this.
    const ifAllowed = (rights, name, goOn) => {
      const decide = (answer) => {
        let now = answer;
        while (now[0] === '?') {
          const wanted = fromWire(slice(now, 1));
          const failed = () => goOnDeciding(wanted.id, '');
          const told = (value) => goOnDeciding(wanted.id, toWireDocument({ value }));
          try {
            const value = start(rights, wanted.name, wanted.arguments);
            if (isThenable(value)) {
              const later = promiseThen(resolve(PromiseType, value), told);
              return promiseThen(promiseThen(later, undefined, failed), decide);
            }
            now = told(value);
          } catch {
            now = failed();
          }
        }
        if (now === '+') return goOn();
        throw coded(new ErrorType(`function '${name}' may not be called: its can_evaluate is not true`), 'NoMatchingRuleFound');
      };
      return decide(decideCall(keyOf(rights), name));
    };

    const execute = (rights, name, values) => {
      if (typeof name !== 'string') throw new TypeErrorType('context.functions.execute takes the name of a function');
      return guarded[name] === true ? ifAllowed(rights, name, () => start(rights, name, values)) : start(rights, name, values);
    };
    return (name, ...values) => execute(undefined, name, values);
  };
}
