const _ = require('lodash');
const fp = require('lodash/fp');
exports = async () => {
  equal(_.groupBy([1.2, 1.3, 2.1], Math.floor), { 1: [1.2, 1.3], 2: [2.1] });
  equal(_.merge({ a: { b: 1 } }, { a: { c: 2 } }), { a: { b: 1, c: 2 } });
  equal(_.template('Hello <%= name %>!')({ name: 'Ann' }), 'Hello Ann!');
  const copy = _.cloneDeep({ at: new Date(0), list: [new Map([[1, 2]])], bytes: require('buffer').Buffer.from('x') });
  equal(copy.list[0].get(1), 2);
  equal(fp.flow(fp.map((n) => n * 2), fp.sum)([1, 2]), 6);
  equal(require('lodash/camelCase')('foo bar'), 'fooBar');
  equal(await new Promise((resolve) => _.debounce(resolve, 1)('later')), 'later');
};
