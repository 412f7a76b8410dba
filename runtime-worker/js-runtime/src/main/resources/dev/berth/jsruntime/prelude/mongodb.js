// The MongoDB client of functions: `context.services.get("mongodb-atlas")`.
//
// Everything asynchronous is one request to the host's `mongodb` service, with BSON in both
// directions. What the methods are, take and answer follows `functions/mongodb` of the original's
// documentation.
(berth) => {
  'use strict';

  const { request, toWireDocument, hide, share } = berth;
  const { stringify } = JSON;
  const asyncIterator = Symbol.asyncIterator;
  const PromiseType = Promise;
  const promiseThen = Function.prototype.call.bind(Promise.prototype.then);

  // Arguments that were left out do not travel.
  const call = (target, operation, values) => ask(request, target, operation, values);

  const ask = (send, target, operation, values) => {
    let text = '{"service":' + stringify(target.service);
    if (target.database !== undefined) text += ',"database":' + stringify(target.database);
    if (target.collection !== undefined) text += ',"collection":' + stringify(target.collection);
    for (const key in values) {
      if (values[key] !== undefined) text += ',' + stringify(key) + ':' + (key === 'session' ? sessionId(values[key]) : toWireDocument(values[key]));
    }
    return send(berth.operationWith(target.rights, 'mongodb.' + operation), text + '}');
  };

  const sessionId = (session) => {
    const target = typeof session === 'object' && session !== null ? targetGet(targets, session) : undefined;
    if (target === undefined || target.session === undefined) throw new TypeError('"session" must come from startSession()');
    return '' + target.session;
  };

  // A mistake in the arguments rejects, as any other failure of an asynchronous method does.
  const later = (work) => {
    try {
      return work();
    } catch (error) {
      return PromiseType.reject(error);
    }
  };

  const targets = new WeakMap();
  const targetGet = Function.prototype.call.bind(WeakMap.prototype.get);
  const targetHas = Function.prototype.call.bind(WeakMap.prototype.has);
  const targetSet = Function.prototype.call.bind(WeakMap.prototype.set);
  const targetOf = (object) => {
    const target = targetGet(targets, object);
    if (target === undefined) throw new TypeError('this method needs its database, collection or cursor');
    return target;
  };

  // A plain object with a hidden target; `prototype` holds the methods.
  const handle = (prototype, target) => {
    const object = { __proto__: prototype };
    targetSet(targets, object, target);
    return object;
  };

  const pick = (options, names) => {
    const picked = { __proto__: null };
    if (options !== undefined && options !== null) {
      for (let i = 0; i < names.length; i++) {
        const value = options[names[i]];
        if (value !== undefined) picked[names[i]] = value;
      }
    }
    return picked;
  };

  // ---- cursors: nothing is sent before the first document is asked for

  const nextOf = (state) => {
    if (state.batch !== undefined && state.at < state.batch.length) {
      return PromiseType.resolve(state.batch[state.at++]);
    }
    if (state.exhausted) return PromiseType.resolve(undefined);
    const answer =
      state.cursor === undefined
        ? call(state.target, 'openCursor', state.arguments)
        : call(state.target, 'nextBatch', { cursor: state.cursor });
    return promiseThen(answer, (result) => {
      state.cursor = result.cursor;
      state.batch = result.batch;
      state.exhausted = result.exhausted;
      state.at = 0;
      return nextOf(state);
    });
  };

  const notStarted = (state) => {
    if (state.started) throw new Error('the cursor has been read already');
    return state;
  };

  const toArray = (cursor) => {
    const state = targetOf(cursor);
    if (!state.started) {
      state.started = true;
      return call(state.target, state.operation, state.arguments);
    }
    const documents = [];
    const collect = (document) => {
      if (document === undefined) return documents;
      documents[documents.length] = document;
      return promiseThen(nextInTurn(state), collect);
    };
    return promiseThen(nextInTurn(state), collect);
  };

  // Two `next()` at once get two documents, not the same batch twice.
  const nextInTurn = (state) => {
    state.started = true;
    const turn = state.last === undefined ? nextOf(state) : promiseThen(state.last, () => nextOf(state), () => nextOf(state));
    state.last = turn;
    return turn;
  };

  const cursorMethods = {
    next() {
      return later(() => nextInTurn(targetOf(this)));
    },
    hasNext() {
      return later(() => {
        const state = targetOf(this);
        return promiseThen(nextInTurn(state), (document) => {
          if (document === undefined) return false;
          state.at--;
          return true;
        });
      });
    },
    toArray() {
      return later(() => toArray(this));
    },
    forEach(callback) {
      return promiseThen(toArray(this), (documents) => {
        for (let i = 0; i < documents.length; i++) callback(documents[i], i);
      });
    },
    close() {
      const state = targetOf(this);
      state.exhausted = true;
      state.batch = undefined;
      return state.cursor === undefined ? PromiseType.resolve() : call(state.target, 'closeCursor', { cursor: state.cursor });
    },
    // `await collection.find()` is an array: many functions rely on it.
    then(resolve, reject) {
      return promiseThen(toArray(this), resolve, reject);
    },
    catch(reject) {
      return promiseThen(toArray(this), undefined, reject);
    },
    [asyncIterator]() {
      return {
        next: () =>
          promiseThen(nextInTurn(targetOf(this)), (value) =>
            value === undefined ? { done: true, value } : { done: false, value }),
        return: () => promiseThen(cursorMethods.close.call(this), () => ({ done: true, value: undefined })),
      };
    },
  };

  const Cursor = hidden(null, cursorMethods);
  const AggregationCursor = hidden(Cursor, {
    skip(count) {
      const values = notStarted(targetOf(this)).arguments;
      values.pipeline = [...values.pipeline, { $skip: count }];
      return this;
    },
  });
  const FindCursor = hidden(Cursor, {
    skip(count) {
      notStarted(targetOf(this)).arguments.skip = count;
      return this;
    },
    limit(count) {
      notStarted(targetOf(this)).arguments.limit = count;
      return this;
    },
    sort(order) {
      notStarted(targetOf(this)).arguments.sort = order;
      return this;
    },
  });

  function hidden(parent, methods) {
    const prototype = parent === null ? {} : { __proto__: parent };
    hide(prototype, methods);
    share(prototype);
    return prototype;
  }

  // What it reads is decided when it is made, and so is with whose rights.
  const lasting = (target) => (target.rights === undefined ? target : { ...target, rights: berth.lasting(target.rights) });
  const cursor = (prototype, target, operation, values) =>
    handle(prototype, { target: lasting(target), operation, arguments: values, started: false, exhausted: false, at: 0 });

  const aggregate = (collection, pipeline, options) =>
    cursor(AggregationCursor, targetOf(collection), 'aggregate', { pipeline: pipeline === undefined ? [] : pipeline, ...pick(options, MANNERS) });

  const watch = berth.watching({ ask, handle, hidden, targetOf, later, pick, lasting });

  // ---- collections

  // How the database is to go about it: the host honours each of them, or says that it does not.
  const MANNERS = [
    'allowDiskUse', 'allowPartialResults', 'awaitData', 'bypassDocumentValidation', 'collation', 'comment', 'explain', 'hint', 'let',
    'max', 'maxTimeMS', 'min', 'noCursorTimeout', 'readConcern', 'returnKey', 'session', 'showRecordId', 'tailable', 'writeConcern',
  ];
  const FIND_OPTIONS = ['sort', 'skip', 'limit', ...MANNERS];
  const FIND_ONE_OPTIONS = ['sort', 'skip', ...MANNERS];
  const COUNT_OPTIONS = ['skip', 'limit', ...MANNERS];
  const MODIFY_OPTIONS = ['sort', 'projection', 'upsert', 'returnNewDocument', 'arrayFilters', ...MANNERS];
  const REMOVE_OPTIONS = ['sort', 'projection', ...MANNERS];
  const UPDATE_OPTIONS = ['upsert', 'arrayFilters', ...MANNERS];
  const LIST_OPTIONS = ['ordered', ...MANNERS];

  const filterOf = (query) => (query === undefined || query === null ? {} : query);

  const update = (operation) => (collection, query, change, options) =>
    later(() => call(targetOf(collection), operation, { query: filterOf(query), update: change, ...pick(options, UPDATE_OPTIONS) }));
  const remove = (operation) => (collection, query, options) =>
    later(() => call(targetOf(collection), operation, { query: filterOf(query), ...pick(options, MANNERS) }));
  const modify = (operation) => (collection, query, change, options) =>
    later(() => call(targetOf(collection), operation, { query: filterOf(query), update: change, ...pick(options, MODIFY_OPTIONS) }));

  const count = (collection, query, options) =>
    later(() => call(targetOf(collection), 'count', { query: filterOf(query), ...pick(options, COUNT_OPTIONS) }));

  const updateOne = update('updateOne');
  const updateMany = update('updateMany');
  const replaceOne = update('replaceOne');
  const deleteOne = remove('deleteOne');
  const deleteMany = remove('deleteMany');
  const findOneAndUpdate = modify('findOneAndUpdate');
  const findOneAndReplace = modify('findOneAndReplace');

  const Collection = hidden(null, {
    find(query, projection, options) {
      const values = { query: filterOf(query), projection, ...pick(options, FIND_OPTIONS) };
      return cursor(FindCursor, targetOf(this), 'find', values);
    },
    findOne(query, projection, options) {
      return later(() => call(targetOf(this), 'findOne', { query: filterOf(query), projection, ...pick(options, FIND_ONE_OPTIONS) }));
    },
    findOneAndUpdate(query, change, options) {
      return findOneAndUpdate(this, query, change, options);
    },
    findOneAndReplace(query, document, options) {
      return findOneAndReplace(this, query, document, options);
    },
    findOneAndDelete(query, options) {
      return later(() => call(targetOf(this), 'findOneAndDelete', { query: filterOf(query), ...pick(options, REMOVE_OPTIONS) }));
    },
    insertOne(document, options) {
      return later(() => call(targetOf(this), 'insertOne', { document, ...pick(options, MANNERS) }));
    },
    insertMany(documents, options) {
      return later(() => call(targetOf(this), 'insertMany', { documents, ...pick(options, LIST_OPTIONS) }));
    },
    updateOne(query, change, options) {
      return updateOne(this, query, change, options);
    },
    updateMany(query, change, options) {
      return updateMany(this, query, change, options);
    },
    replaceOne(query, document, options) {
      return replaceOne(this, query, document, options);
    },
    deleteOne(query, options) {
      return deleteOne(this, query, options);
    },
    deleteMany(query, options) {
      return deleteMany(this, query, options);
    },
    aggregate(pipeline, options) {
      return aggregate(this, pipeline, options);
    },
    count(query, options) {
      return count(this, query, options);
    },
    countDocuments(query, options) {
      return count(this, query, options);
    },
    estimatedDocumentCount(options) {
      return later(() => call(targetOf(this), 'count', { query: {}, ...pick(options, MANNERS) }));
    },
    distinct(field, query, options) {
      return later(() => call(targetOf(this), 'distinct', { field, query: filterOf(query), ...pick(options, MANNERS) }));
    },
    watch(what, options) {
      return watch(targetOf(this), what, options);
    },
    bulkWrite(operations, options) {
      return later(() => call(targetOf(this), 'bulkWrite', { operations, ...pick(options, LIST_OPTIONS) }));
    },
    initializeOrderedBulkOp() {
      return handle(Bulk, { collection: targetOf(this), ordered: true, operations: [] });
    },
    initializeUnorderedBulkOp() {
      return handle(Bulk, { collection: targetOf(this), ordered: false, operations: [] });
    },
  });

  // ---- lists of changes that are sent together

  const add = (bulk, name, specification) => {
    const { operations } = targetOf(bulk);
    operations[operations.length] = { [name]: specification };
    return bulk;
  };

  const Bulk = hidden(null, {
    insert(document) {
      return add(this, 'insertOne', { document });
    },
    find(query) {
      targetOf(this);
      return handle(BulkFind, { bulk: this, filter: filterOf(query), options: { __proto__: null } });
    },
    execute(options) {
      return later(() => {
        const { collection, ordered, operations } = targetOf(this);
        return call(collection, 'bulkWrite', { operations, ordered, ...pick(options, MANNERS) });
      });
    },
  });

  const addFound = (found, name, values) => {
    const { bulk, filter, options } = targetOf(found);
    return add(bulk, name, { filter, ...values, ...options });
  };
  const removeFound = (found, name) => {
    const { bulk, filter } = targetOf(found);
    return add(bulk, name, { filter });
  };

  const BulkFind = hidden(null, {
    upsert() {
      targetOf(this).options.upsert = true;
      return this;
    },
    arrayFilters(filters) {
      targetOf(this).options.arrayFilters = filters;
      return this;
    },
    update(change) {
      return addFound(this, 'updateMany', { update: change });
    },
    updateOne(change) {
      return addFound(this, 'updateOne', { update: change });
    },
    replaceOne(replacement) {
      return addFound(this, 'replaceOne', { replacement });
    },
    delete() {
      return removeFound(this, 'deleteMany');
    },
    deleteOne() {
      return removeFound(this, 'deleteOne');
    },
    remove() {
      return removeFound(this, 'deleteMany');
    },
    removeOne() {
      return removeFound(this, 'deleteOne');
    },
  });

  const text = (value, what) => {
    if (typeof value !== 'string') throw new TypeError(what + ' must be a string');
    return value;
  };

  const Database = hidden(null, {
    collection(name) {
      return handle(Collection, { ...targetOf(this), collection: text(name, 'a collection name') });
    },
    getCollection(name) {
      return Database.collection.call(this, name);
    },
    aggregate(pipeline, options) {
      return aggregate(this, pipeline, options);
    },
    getCollectionNames() {
      return later(() => call(targetOf(this), 'getCollectionNames', {}));
    },
  });

  const Admin = hidden(null, {
    getDBNames() {
      return later(() => call(targetOf(this), 'getDatabaseNames', {}));
    },
  });

  // ---- sessions: numbers that the host knows transactions by

  let lastSession = 0;
  const ATTEMPTS = 10;
  // A write conflict, or a transaction that the database gave up: another attempt may do.
  const isTransient = (error) => error instanceof Error && (error.code === 112 || error.code === 251);

  const begin = (session) => call(targetOf(session), 'startTransaction', { session });
  const commit = (session) => call(targetOf(session), 'commitTransaction', { session });
  const abort = (session) => call(targetOf(session), 'abortTransaction', { session });
  const drop = (session) => promiseThen(abort(session), () => undefined, () => undefined);

  // `over` is a session whose transaction was ended by withTransaction, or by an abort: the sample of the original's
  // documentation aborts what withTransaction has ended, and functions abort within it.
  const attempt = async (session, work, number) => {
    const target = targetOf(session);
    try {
      target.over = false;
      await begin(session);
      const result = await work(session);
      if (!target.over) await commit(session);
      target.over = true;
      return result;
    } catch (error) {
      if (!target.over) await drop(session);
      target.over = true;
      if (isTransient(error) && number < ATTEMPTS) return attempt(session, work, number + 1);
      throw error;
    }
  };

  const ClientSession = hidden(null, {
    startTransaction() {
      return later(() => {
        targetOf(this).over = false;
        return begin(this);
      });
    },
    commitTransaction() {
      return later(() => commit(this));
    },
    abortTransaction() {
      return later(() => {
        if (targetOf(this).over) return PromiseType.resolve();
        targetOf(this).over = true;
        return abort(this);
      });
    },
    withTransaction(work) {
      return later(() => {
        if (typeof work !== 'function') throw new TypeError('withTransaction takes a function');
        return attempt(this, work, 1);
      });
    },
    endSession() {
      return later(() => drop(this));
    },
  });

  const Service = hidden(null, {
    startSession() {
      lastSession++;
      return handle(ClientSession, { service: targetOf(this).service, session: lastSession });
    },
    db(name) {
      return handle(Database, { ...targetOf(this), database: text(name, 'a database name') });
    },
    admin() {
      return handle(Admin, targetOf(this));
    },
  });

  berth.isCursor = (value) => targetHas(targets, value) && targetGet(targets, value).target !== undefined;
  berth.mongoService = (service, rights) => handle(Service, { service, rights });
}
