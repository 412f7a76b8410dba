// What `collection.watch()` gives: change streams. The first look opens one, and nothing of it stays
// open between two looks, so nothing has to be closed when the invocation ends.
(berth) => {
  'use strict';

  const { isArray } = Array;
  const asyncIterator = Symbol.asyncIterator;
  const PromiseType = Promise;
  const promiseThen = Function.prototype.call.bind(Promise.prototype.then);

  // Takes of the MongoDB client what its own objects are made with.
  berth.watching = ({ ask, handle, hidden, targetOf, later, pick, lasting }) => {
    const isObject = (value) => typeof value === 'object' && value !== null;
    const isStage = (value) => {
      if (!isObject(value)) return false;
      for (const key in value) return key[0] === '$';
      return false;
    };

    // A stream that did not do these would tell of other changes than were asked for.
    const REFUSED = [
      'startAfter', 'startAtOperationTime', 'collation', 'fullDocumentBeforeChange', 'showExpandedEvents', 'session',
    ];

    const refuse = (options) => {
      for (const name in pick(options, REFUSED)) throw new TypeError(`watch does not take the option "${name}"`);
    };

    // What is watched: everything, what a pipeline leaves, documents with certain ids, or `{ ids }` or
    // `{ filter }` as clients say it.
    const watched = (what, options) => {
      const { ids, filter, resumeAfter } = pick(options, ['ids', 'filter', 'resumeAfter']);
      refuse(options);
      const values = { __proto__: null, ids, query: filter, position: resumeAfter };
      if (what === undefined || what === null) return values;
      if (!isArray(what)) return { ...watched(undefined, what), ...defined(values) };
      let stages = 0;
      for (let i = 0; i < what.length; i++) if (isStage(what[i])) stages++;
      if (stages === what.length) values.pipeline = what;
      else if (stages === 0) values.ids = what;
      else throw new TypeError('watch takes either stages or ids');
      return values;
    };

    const defined = (values) => {
      const given = { __proto__: null };
      for (const key in values) if (values[key] !== undefined) given[key] = values[key];
      return given;
    };

    const seen = (state, look) =>
      promiseThen(look, ({ events, position }) => {
        state.arguments.position = position;
        state.events = events;
        state.at = 0;
      });

    const takeEvent = (state) => (state.closed || state.at === state.events.length ? undefined : state.events[state.at++]);

    const nextEvent = (state) => {
      const event = takeEvent(state);
      if (event !== undefined || state.closed) return PromiseType.resolve(event);
      return promiseThen(seen(state, ask(berth.watch, state.stream, 'awaitChanges', state.arguments)), () => nextEvent(state));
    };

    const eventThere = (state) => {
      const event = takeEvent(state);
      if (event !== undefined || state.closed) return PromiseType.resolve(event);
      return promiseThen(seen(state, ask(berth.request, state.stream, 'changes', state.arguments)), () => takeEvent(state));
    };

    // Two of them at once get two events.
    const eventInTurn = (stream, take) =>
      later(() => {
        const state = targetOf(stream);
        const turn = state.last === undefined ? take(state) : promiseThen(state.last, () => take(state), () => take(state));
        state.last = turn;
        return turn;
      });

    const streamMethods = {
      next() {
        return eventInTurn(this, nextEvent);
      },
      tryNext() {
        return promiseThen(eventInTurn(this, eventThere), (event) => (event === undefined ? null : event));
      },
      hasNext() {
        return promiseThen(eventInTurn(this, nextEvent), (event) => {
          if (event === undefined) return false;
          targetOf(this).at--;
          return true;
        });
      },
      close() {
        return later(() => {
          targetOf(this).closed = true;
          return PromiseType.resolve();
        });
      },
      [asyncIterator]() {
        return {
          next: () =>
            promiseThen(streamMethods.next.call(this), (value) =>
              value === undefined ? { done: true, value } : { done: false, value }),
          return: () => promiseThen(streamMethods.close.call(this), () => ({ done: true, value: undefined })),
        };
      },
    };
    const ChangeStream = hidden(null, streamMethods);

    return (collection, what, options) =>
      handle(ChangeStream, { stream: lasting(collection), arguments: watched(what, options), events: [], at: 0, closed: false });
  };
}
