// The way to what the host computes while app code waits, and globals that are made when they are
// first looked at.
(berth) => {
  'use strict';

  const { compute } = berth;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const { defineProperty } = Object;
  const global = globalThis;

  // `what` is how the author of a function knows it: the beginning of each message. Then follow the
  // name of the computation and its arguments, all texts.
  berth.computed = (what, ...texts) => {
    const answer = berth.apply(compute, undefined, texts);
    if (answer[0] === '=') return slice(answer, 1);
    throw new Error(what + ': ' + slice(answer, 1));
  };

  // They belong to the invocation, as `context` does: what app code does to one, or puts in its
  // place, is gone with the call, and a call that uses none pays nothing. A module that is being loaded
  // serves other invocations as well, so it sees none of them: it gets its own from modules.js.
  let made;
  berth.lazily = (name, make) => {
    defineProperty(global, name, {
      configurable: true,
      get() {
        if (berth.isLoading()) return undefined;
        if (made === undefined) made = { __proto__: null };
        if (!(name in made)) made[name] = make();
        return made[name];
      },
      set(replacement) {
        if (berth.isLoading()) return;
        if (made === undefined) made = { __proto__: null };
        made[name] = replacement;
      },
    });
  };
  const forgetting = [];
  berth.onForget = (forget) => {
    forgetting[forgetting.length] = forget;
  };
  berth.forgetMade = () => {
    if (made === undefined) return;
    made = undefined;
    for (let i = 0; i < forgetting.length; i++) forgetting[i]();
  };
}
